import { useApi } from '@backstage/core-plugin-api';
import { useEffect, useRef, useState } from 'react';
import { krateApiRef } from '../api/KrateApi';
import { StreamLog } from '../api/StreamLog';

export interface StreamLines {
  /** Complete lines, in order. The array grows; it is a new array only when it changed. */
  lines: string[];
  /** No more will come. */
  sealed: boolean;
  loading: boolean;
  error?: Error;
}

/** A stream of an object as lines, live and resumed after a lost connection without a gap or a repeat. */
export function useStream(
  stream: { resource: string; namespace: string; name: string; stream: string } | undefined,
): StreamLines {
  const api = useApi(krateApiRef);
  const [state, setState] = useState<StreamLines>({ lines: [], sealed: false, loading: true });
  const key = stream && `${stream.resource}/${stream.namespace}/${stream.name}/${stream.stream}`;
  const target = useRef(stream);
  target.current = stream;

  useEffect(() => {
    const wanted = target.current;
    if (!wanted) return undefined;
    const log = new StreamLog();
    let sealed = false;
    let scheduled: ReturnType<typeof setTimeout> | undefined;
    const publish = () => {
      scheduled ??= setTimeout(() => {
        scheduled = undefined;
        setState({ lines: [...log.lines], sealed, loading: false });
      }, 50);
    };
    setState({ lines: [], sealed: false, loading: true });
    const unsubscribe = api.live.subscribe({
      request: () => ({ stream: wanted, offset: log.offset }),
      restart: () => {},
      receive: event => {
        if (event.type === 'ERROR') {
          const error = new Error(event.status.message ?? 'The stream ended early');
          setState(previous => ({ ...previous, loading: false, error }));
          return;
        }
        if (event.type === 'DATA') log.append(event.data, event.offset);
        if (event.type === 'SEALED') {
          sealed = true;
          log.seal();
        }
        publish();
      },
    });
    return () => {
      clearTimeout(scheduled);
      unsubscribe();
    };
  }, [api, key]);

  return state;
}
