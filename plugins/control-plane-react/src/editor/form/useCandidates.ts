import { useApi } from '@backstage/core-plugin-api';
import { Condition, Resource } from '@krate/resource-model';
import { useEffect, useState } from 'react';
import { KrateApi, krateApiRef, pathOf } from '../../api/KrateApi';
import { placeOf } from '../../kinds/placeOf';
import { loadKinds } from '../../kinds/useKinds';

/** An object that a reference may name. */
export interface Candidate {
  name: string;
  /** Its phase, else whether it is ready. */
  status?: string;
  message?: string;
}

/** A picker shows the first so many; more are found by typing their name. */
const MOST = 500;

/** The objects of a kind that an organization may refer to. */
export async function candidatesOf(api: KrateApi, kind: string, organization: string): Promise<Candidate[]> {
  const type = (await loadKinds(api)).find(candidate => candidate.kind === kind);
  if (!type) return [];
  const response = await api.request(`${pathOf(type, placeOf(type, organization))}?limit=${MOST}`);
  const { items } = (await response.json()) as { items: Resource[] };
  return items.map(candidateOf);
}

function candidateOf({ metadata, status }: Resource): Candidate {
  const { phase, conditions } = (status ?? {}) as { phase?: string; conditions?: Condition[] };
  const ready = conditions?.find(({ type }) => type === 'Ready');
  const readiness = ready && (ready.status === 'True' ? 'Ready' : ready.reason);
  return { name: metadata.name, status: phase ?? readiness, message: ready?.message };
}

/** As {@link candidatesOf}, read each time the picker opens. */
export function useCandidates(
  kind: string,
  organization: string,
  open: boolean,
): { candidates: readonly Candidate[]; loading: boolean; problem?: string } {
  const api = useApi(krateApiRef);
  const [state, setState] = useState<{
    candidates: readonly Candidate[];
    loading: boolean;
    problem?: string;
  }>({
    candidates: [],
    loading: false,
  });
  useEffect(() => {
    if (!open) return undefined;
    let current = true;
    setState(known => ({ ...known, loading: known.candidates.length === 0 }));
    candidatesOf(api, kind, organization).then(
      candidates => current && setState({ candidates, loading: false }),
      error =>
        current &&
        setState({ candidates: [], loading: false, problem: `${kind} cannot be read: ${error.message}` }),
    );
    return () => {
      current = false;
    };
  }, [api, kind, organization, open]);
  return state;
}
