import { discoveryApiRef, fetchApiRef, identityApiRef } from '@backstage/core-plugin-api';
import { TestApiProvider } from '@backstage/frontend-test-utils';
import { renderHook } from '@testing-library/react';
import { ReactNode } from 'react';
import { ofResource, resourcesOf } from './kubernetesDocument';
import { useApiServer } from './useApiServer';

describe('the description of the Kubernetes API', () => {
  const root = '/apis/krate.a5c.ai/v1alpha1';
  const document = {
    openapi: '3.0.0',
    paths: {
      [`${root}/`]: {},
      [`${root}/repositories`]: { get: 1 },
      [`${root}/namespaces/{namespace}/repositories/{name}`]: { get: 2 },
      [`${root}/namespaces/{namespace}/teams`]: { get: 3 },
    },
  };

  it('is read resource by resource', () => {
    expect(resourcesOf(document)).toEqual(['repositories', 'teams']);
    expect(Object.values(ofResource(document, 'repositories').paths)).toEqual([{ get: 1 }, { get: 2 }]);
    expect(ofResource(document, 'teams')).toMatchObject({ openapi: '3.0.0' });
  });
});

describe('trying it out', () => {
  const wrapper = ({ children }: { children: ReactNode }) => (
    <TestApiProvider
      apis={[
        [discoveryApiRef, { getBaseUrl: async () => 'http://portal.test/api/krate' }],
        [fetchApiRef, { fetch: async () => new Response(JSON.stringify({ openapi: '3.1.0', paths: {} })) }],
        [identityApiRef, { getCredentials: async () => ({ token: 'mine' }) } as never],
      ]}
    >
      {children}
    </TestApiProvider>
  );
  const server = () => renderHook(() => useApiServer(), { wrapper }).result.current;

  it('sends the person’s own token to this server, and to no other', async () => {
    const ours = await server().asThePerson({ url: 'http://portal.test/api/orgs', headers: {} });
    expect(ours.headers).toEqual({ Authorization: 'Bearer mine' });
    const theirs = await server().asThePerson({ url: 'http://elsewhere.test/api/orgs', headers: {} });
    expect(theirs.headers).toEqual({});
  });

  it('says where the paths of a description begin', async () => {
    expect((await server().document('openapi.json', '')).servers).toEqual([{ url: 'http://portal.test' }]);
    expect((await server().document('krate/openapi/v3', '/krate')).servers).toEqual([
      { url: 'http://portal.test/api/krate' },
    ]);
  });
});
