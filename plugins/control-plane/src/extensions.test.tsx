import { createFrontendPlugin } from '@backstage/frontend-plugin-api';
import { renderTestApp } from '@backstage/frontend-test-utils';
import {
  HomeSectionBlueprint,
  KrateApi,
  krateApiRef,
  ResourceActionBlueprint,
  ResourceTabBlueprint,
  useResourceOnPage,
} from '@krate/plugin-control-plane-react';
import { defineKind, openApiV3Of, Resource } from '@krate/resource-model';
import '@testing-library/jest-dom';
import { configure, screen } from '@testing-library/react';
import { z } from 'zod';
import { controlPlanePlugin } from './plugin';

// Pages are loaded when they are opened, which takes a while the first time.
jest.setTimeout(30_000);
configure({ asyncUtilTimeout: 15_000 });

const KIND = { group: 'krate.a5c.ai', plural: 'greetings' };

const Greeting = defineKind({
  kind: 'Greeting',
  plural: 'greetings',
  area: 'outside',
  storage: 'config',
  summary: 'Something kind to say.',
  writableBy: 'developer',
  spec: z.object({ text: z.string() }),
  examples: [],
});

function Words() {
  const { object, organization } = useResourceOnPage<Resource & { spec: { text: string } }>();
  return (
    <p>
      {organization} says {object.spec.text}
    </p>
  );
}

/** As a package outside this repository would write it: it knows the page by its blueprints alone. */
const outsider = createFrontendPlugin({
  pluginId: 'outsider',
  extensions: [
    ResourceTabBlueprint.make({
      name: 'words',
      params: { kinds: [KIND], path: 'words', title: 'Words', loader: async () => <Words /> },
    }),
    ResourceTabBlueprint.make({
      name: 'elsewhere',
      params: {
        kinds: [{ ...KIND, plural: 'farewells' }],
        path: 'elsewhere',
        title: 'Elsewhere',
        loader: async () => <p>not here</p>,
      },
    }),
    ResourceActionBlueprint.make({
      name: 'repeat',
      params: { kinds: [KIND], loader: async () => <button>Repeat</button> },
    }),
    HomeSectionBlueprint.make({
      name: 'greetings',
      params: { order: 1, loader: async () => <p>a section of its own</p> },
    }),
  ],
});

const greeting = {
  apiVersion: 'krate.a5c.ai/v1alpha1',
  kind: 'Greeting',
  metadata: { name: 'hello', namespace: 'krate-org-acme', uid: 'u', generation: 1 },
  spec: { text: 'good morning' },
};

const DOCUMENT = 'apis/krate.a5c.ai/v1alpha1';

function answerTo(path: string): object {
  if (path === 'openapi/v3')
    return { paths: { [DOCUMENT]: { serverRelativeURL: `/openapi/v3/${DOCUMENT}?hash=1` } } };
  if (path.startsWith('openapi/v3/')) return openApiV3Of([Greeting], 'krate.a5c.ai/v1alpha1');
  return { organizations: [], items: [] };
}

/** A server with one greeting. */
const api = {
  live: {
    state: 'live',
    onState: () => () => {},
    subscribe: (subscription: Parameters<KrateApi['live']['subscribe']>[0]) => {
      const asked = subscription.request();
      queueMicrotask(() => {
        if ('resource' in asked && asked.resource === 'greetings')
          subscription.receive({ type: 'ADDED', object: greeting } as never);
        subscription.receive({ type: 'SYNCED' } as never);
      });
      return () => {};
    },
  },
  can: async () => ({ allowed: true, reason: '' }),
  request: async (path: string) => Response.json(answerTo(path)),
} as unknown as KrateApi;

function open(address: string) {
  renderTestApp({
    features: [controlPlanePlugin, outsider],
    initialRouteEntries: [address],
    apis: [[krateApiRef, api]],
  });
}

describe('a plugin from elsewhere', () => {
  it('adds a tab to the page of its kind', async () => {
    open('/orgs/acme/resource/greetings/hello');
    expect(await screen.findByRole('link', { name: 'Words' })).toHaveAttribute(
      'href',
      '/orgs/acme/explorer/greetings/hello/words',
    );
    expect(screen.queryByRole('link', { name: 'Elsewhere' })).not.toBeInTheDocument();
  });

  it('draws its tab with the live object', async () => {
    open('/orgs/acme/explorer/greetings/hello/words');
    expect(await screen.findByText('acme says good morning')).toBeInTheDocument();
  });

  it('adds an action to the page of its kind', async () => {
    open('/orgs/acme/resource/greetings/hello');
    expect(await screen.findByRole('button', { name: 'Repeat' })).toBeEnabled();
  });

  it('adds a section to the home page', async () => {
    open('/orgs/acme');
    expect(await screen.findByText('a section of its own')).toBeInTheDocument();
  });
});
