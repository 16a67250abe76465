import { KrateApi } from '@krate/plugin-control-plane-react';

export type Decision = 'approve' | 'deny';

/** What a program wants to do for the reader. */
export interface ActionRequest {
  id: string;
  organization: string;
  /** The action, in words. */
  title: string;
  input: Record<string, unknown>;
  /** RFC 3339. */
  expiresAt: string;
  decision?: Decision;
}

const pathOf = (id: string) => `action-requests/${encodeURIComponent(id)}`;

export async function readActionRequest(api: KrateApi, id: string): Promise<ActionRequest> {
  return (await api.request(pathOf(id))).json();
}

/** An agreement does the action; it rejects with what the action failed with. */
export async function decideActionRequest(api: KrateApi, id: string, decision: Decision): Promise<void> {
  await api.request(`${pathOf(id)}/decision`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ decision }),
  });
}
