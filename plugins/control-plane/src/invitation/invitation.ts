/** What an invitation offers, as the server says to whoever has its link. */
export interface Invitation {
  organization: string;
  displayName: string;
  email: string;
  invited?: string;
  role: string;
  teams: string[];
  message?: string;
  invitedBy?: string;
  expiresAt?: string;
  /** Whether somebody without a login can choose a user name here. */
  localSignIn: boolean;
}

/** The token of the link, which is in the fragment: browsers do not send it, and no log has it. */
export function invitationToken(): string | undefined {
  if (!window.location.pathname.endsWith('/invitation')) return undefined;
  const token = window.location.hash.slice(1);
  return token.startsWith('krate_v_') ? token : undefined;
}

/** Sends a request of an invitation; rejects with the server's own words. */
export async function askInvitation<T>(
  send: (path: string, init: RequestInit) => Promise<Response>,
  verb: 'preview' | 'accept',
  body: object,
): Promise<T> {
  const response = await send(`invitations/${verb}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  const answer = await response.json();
  if (!response.ok) throw new Error(answer.message ?? `The server answered ${response.status}`);
  return answer;
}
