import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import type { Request } from 'express';
import { Knex } from 'knex';
import { testDatabase } from '../testing/testDatabase';
import { Authenticator } from './Authenticator';
import { DatabaseTokenService } from './DatabaseTokenService';

describe('Authenticator', () => {
  let knex: Knex;
  let tokens: DatabaseTokenService;
  let authenticator: Authenticator;
  beforeEach(async () => {
    knex = await testDatabase();
    tokens = new DatabaseTokenService(knex);
    authenticator = new Authenticator({
      tokens,
      auth: mockServices.auth(),
      httpAuth: mockServices.httpAuth({ defaultCredentials: mockCredentials.none() }),
    });
  });
  afterEach(() => knex.destroy());

  const request = (headers: Record<string, string>, method = 'GET') =>
    ({ headers, method, query: {} }) as unknown as Request;
  const basic = (text: string) => `Basic ${Buffer.from(text).toString('base64')}`;
  const access = () =>
    tokens.issue({ principal: { type: 'user', name: 'ada' }, purpose: 'access', description: '' });

  it('knows nobody without credentials', async () => {
    expect(await authenticator.authenticate(request({}))).toEqual({ principal: { type: 'anonymous' } });
  });

  it('knows a Krate token as Bearer, and as the password that git sends', async () => {
    const { token, id } = await access();
    for (const authorization of [
      `Bearer ${token}`,
      `bearer  ${token}`,
      basic(`anything:${token}`),
      basic(`:${token}`),
    ]) {
      const found = await authenticator.authenticate(request({ authorization }));
      expect(found).toMatchObject({ principal: { type: 'user', name: 'ada' }, token: { id } });
    }
  });

  it('knows a person by their Backstage token', async () => {
    const authorization = mockCredentials.user.header('user:default/grace');
    expect(await authenticator.authenticate(request({ authorization }))).toEqual({
      principal: { type: 'user', name: 'grace' },
    });
  });

  it.each([
    { reason: 'an unknown token', authorization: `Bearer krate_a_${'x'.repeat(43)}` },
    { reason: 'a broken Backstage token', authorization: mockCredentials.user.invalidHeader() },
    { reason: 'a service', authorization: mockCredentials.service.header() },
    {
      reason: 'a user of another namespace',
      authorization: mockCredentials.user.header('user:development/guest'),
    },
    { reason: 'a password that is no token', authorization: basic('ada:secret') },
    { reason: 'an unknown scheme', authorization: 'Digest abc' },
    { reason: 'nothing after the scheme', authorization: 'Bearer' },
  ])('refuses $reason, and does not take it for nobody', async ({ authorization }) => {
    await expect(authenticator.authenticate(request({ authorization }))).rejects.toMatchObject({
      reason: 'Unauthorized',
    });
  });

  it('refuses a sign-in token: it is only ever spent', async () => {
    const { token } = await tokens.issue({
      principal: { type: 'user', name: 'ada' },
      purpose: 'sign-in',
      description: '',
    });
    await expect(
      authenticator.authenticate(request({ authorization: `Bearer ${token}` })),
    ).rejects.toMatchObject({
      reason: 'Unauthorized',
    });
  });

  it('takes no cookie for a write', async () => {
    const cookie = mockCredentials.limitedUser.cookie('user:default/grace');
    expect(await authenticator.authenticate(request({ cookie }))).toEqual({
      principal: { type: 'user', name: 'grace' },
    });
    expect(await authenticator.authenticate(request({ cookie }, 'POST'))).toEqual({
      principal: { type: 'anonymous' },
    });
  });
});
