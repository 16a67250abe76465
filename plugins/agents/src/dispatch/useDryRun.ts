import { useApi } from '@backstage/core-plugin-api';
import { AgentDispatchRun } from '@krate/plugin-agents-common';
import { krateApiRef } from '@krate/plugin-control-plane-react';
import { useEffect, useState } from 'react';
import { DispatchErrors, dispatchErrors, DispatchFields, localErrors, runOf } from './dispatchFields';

/** After the last key, so that a word being typed is not judged by its letters. */
const PAUSE_MS = 500;

/** What the server would say to this run, asked without creating it. */
export function useDryRun(fields: DispatchFields, namespace: string, enabled: boolean): DispatchErrors {
  const api = useApi(krateApiRef);
  const [errors, setErrors] = useState<DispatchErrors>({ fields: {} });
  const body = JSON.stringify(runOf(fields, namespace));
  const askable = enabled && Object.keys(localErrors(fields)).length === 0;
  useEffect(() => {
    if (!askable) {
      setErrors({ fields: {} });
      return undefined;
    }
    let current = true;
    const timer = setTimeout(() => {
      api.create(AgentDispatchRun, namespace, JSON.parse(body), true).then(
        () => current && setErrors({ fields: {} }),
        error => current && setErrors(dispatchErrors(error)),
      );
    }, PAUSE_MS);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [api, namespace, body, askable]);
  return errors;
}
