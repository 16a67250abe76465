import { useApi } from '@backstage/core-plugin-api';
import { useSyncExternalStore } from 'react';
import { krateApiRef } from '../api/KrateApi';
import { LiveState } from '../api/LiveConnection';

/** Whether what is on screen follows the server. */
export function useLiveState(): LiveState {
  const { live } = useApi(krateApiRef);
  return useSyncExternalStore(
    listener => live.onState(listener),
    () => live.state,
  );
}
