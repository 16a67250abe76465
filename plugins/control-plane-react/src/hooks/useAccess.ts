import { useApi } from '@backstage/core-plugin-api';
import { Kind } from '@krate/resource-model';
import { useEffect, useState } from 'react';
import { krateApiRef } from '../api/KrateApi';

/** Whether the person may do this, and the reason to show on a disabled control. Undefined until known. */
export function useAccess(
  verb: string,
  kind: Pick<Kind, 'group' | 'plural'>,
  namespace: string | undefined,
  name?: string,
): { allowed: boolean; reason: string } | undefined {
  const api = useApi(krateApiRef);
  const { group, plural } = kind;
  const [access, setAccess] = useState<{ allowed: boolean; reason: string }>();

  useEffect(() => {
    if (!namespace) return undefined;
    let current = true;
    api.can(verb, { group, plural }, namespace, name).then(
      answer => current && setAccess(answer),
      error => current && setAccess({ allowed: false, reason: error.message }),
    );
    return () => {
      current = false;
    };
  }, [api, verb, group, plural, namespace, name]);

  return access;
}
