import { TestApiProvider } from '@backstage/frontend-test-utils';
import { KrateApi, krateApiRef } from '@krate/plugin-control-plane-react';
import { Resource } from '@krate/resource-model';
import { ReactNode } from 'react';
import { MemoryRouter } from 'react-router-dom';

type Subscription = Parameters<KrateApi['live']['subscribe']>[0];

/** The server, as far as screens of this plugin see it: what exists, what is allowed, what writes answer. */
export interface TestServer {
  objects?: readonly Resource[];
  can?: KrateApi['can'];
  create?: jest.Mock;
  patch?: jest.Mock;
  request?: (path: string) => Promise<Response>;
  call?: jest.Mock;
}

const plural = (kind: string) => (kind.endsWith('y') ? `${kind.slice(0, -1)}ies` : `${kind}s`).toLowerCase();

function subscribe({ objects = [] }: TestServer, subscription: Subscription): () => void {
  const asked = subscription.request();
  queueMicrotask(() => {
    if ('stream' in asked) {
      subscription.receive({ type: 'SEALED' });
      return;
    }
    objects
      .filter(
        ({ kind, metadata }) =>
          plural(kind) === asked.resource && (!asked.name || metadata.name === asked.name),
      )
      .forEach(object => subscription.receive({ type: 'ADDED', object }));
    subscription.receive({ type: 'SYNCED' });
  });
  return () => {};
}

/** Puts a screen before a server that answers what the test says. */
export function TestPortal({
  server,
  path = '/',
  children,
}: {
  server: TestServer;
  path?: string;
  children: ReactNode;
}) {
  const api = {
    live: {
      state: 'live',
      onState: () => () => {},
      subscribe: (subscription: Subscription) => subscribe(server, subscription),
    },
    can: server.can ?? (async () => ({ allowed: true, reason: '' })),
    create: server.create ?? jest.fn(async () => ({})),
    patch: server.patch ?? jest.fn(async () => ({})),
    call: server.call ?? jest.fn(async () => ({})),
    request: server.request ?? (async () => Response.json({ items: [] })),
  } as unknown as KrateApi;
  return (
    <TestApiProvider apis={[[krateApiRef, api]]}>
      <MemoryRouter initialEntries={[path]} future={{ v7_startTransition: true, v7_relativeSplatPath: true }}>
        {children}
      </MemoryRouter>
    </TestApiProvider>
  );
}
