import { discoveryApiRef, fetchApiRef, identityApiRef, useApi } from '@backstage/core-plugin-api';
import { useMemo } from 'react';
import { ApiDocument } from './kubernetesDocument';

/** A request on its way out of the reference. */
interface OutgoingRequest {
  url: string;
  headers: Record<string, string>;
}

/** The server behind the portal, for the reference of its APIs. */
export interface ApiServer {
  /** Reads a description below `/api`, and says in it where its paths begin: `/api<below>`, or the root when that is empty. */
  document(path: string, below: string): Promise<ApiDocument>;
  /** Adds the person's own token to a request to this server, and to no other. */
  asThePerson(request: OutgoingRequest): Promise<OutgoingRequest>;
}

export function useApiServer(): ApiServer {
  const discovery = useApi(discoveryApiRef);
  const { fetch } = useApi(fetchApiRef);
  const identity = useApi(identityApiRef);
  return useMemo(() => {
    const root = async () => (await discovery.getBaseUrl('krate')).replace(/\/api\/krate$/, '');
    return {
      async document(path, below) {
        const server = await root();
        const response = await fetch(`${server}/api/${path}`);
        if (!response.ok) throw new Error(`The server answered ${response.status} ${response.statusText}`);
        // Whoever looks is signed in: there is no token to ask them for.
        const { security: _, ...document }: ApiDocument = await response.json();
        return { ...document, servers: [{ url: below ? `${server}/api${below}` : server || '/' }] };
      },
      async asThePerson(request) {
        const server = new URL(await root(), window.location.href);
        if (new URL(request.url, window.location.href).origin !== server.origin) return request;
        const { token } = await identity.getCredentials();
        if (token) request.headers.Authorization = `Bearer ${token}`;
        return request;
      },
    };
  }, [discovery, fetch, identity]);
}
