import { useApi } from '@backstage/core-plugin-api';
import { Kind } from '@krate/resource-model';
import { useEffect, useState } from 'react';
import { krateApiRef } from '../api/KrateApi';

/** The answer to “may I?”, with the question, so that a control can ask somebody for the permission. */
export interface Access {
  allowed: boolean;
  reason: string;
  /** What was asked, in the words of a SelfSubjectAccessReview. */
  asked?: { verb: string; group: string; resource: string; namespace: string; name?: string };
}

/** Whether the person may do this, and the reason to show on a disabled control. Undefined until known. */
export function useAccess(
  verb: string,
  kind: Pick<Kind, 'group' | 'plural'>,
  namespace: string | undefined,
  name?: string,
): Access | undefined {
  const api = useApi(krateApiRef);
  const { group, plural } = kind;
  const [access, setAccess] = useState<Access>();

  useEffect(() => {
    if (!namespace) return undefined;
    let current = true;
    api.can(verb, { group, plural }, namespace, name).then(
      answer =>
        current && setAccess({ ...answer, asked: { verb, group, resource: plural, namespace, name } }),
      error => current && setAccess({ allowed: false, reason: error.message }),
    );
    return () => {
      current = false;
    };
  }, [api, verb, group, plural, namespace, name]);

  return access;
}
