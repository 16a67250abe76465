import { Principal, TokenPurpose } from '@krate/plugin-control-plane-node';
import { Knex } from 'knex';
import { onEachDatabase } from '../__testUtils__/onEachDatabase';
import { DatabaseTokenService } from './DatabaseTokenService';

const ada: Principal = { type: 'user', name: 'ada' };
const run: Principal = {
  type: 'run',
  name: 'r1',
  namespace: 'krate-org-acme',
  kind: 'AgentDispatchRun',
  uid: 'u1',
  repository: 'web',
};

onEachDatabase('DatabaseTokenService', open => {
  describe.each([
    { sole: true, reason: 'alone on its table' },
    { sole: false, reason: 'beside other processes' },
  ])('$reason', ({ sole }) => {
    let knex: Knex;
    let now: number;
    let tokens: DatabaseTokenService;
    const issue = (purpose: TokenPurpose, principal: Principal = ada, expiresInSeconds?: number) =>
      tokens.issue({ principal, purpose, description: 'a test', expiresInSeconds });

    beforeEach(async () => {
      knex = await open();
      now = Date.UTC(2026, 10, 20);
      tokens = new DatabaseTokenService(knex, { now: () => now, sole });
    });
    afterEach(() => knex.destroy());

    it.each([
      ['session', 's'],
      ['access', 'a'],
      ['run', 'r'],
    ] as const)('verifies a %s token, which says its purpose by the letter %s', async (purpose, letter) => {
      const { token, id } = await issue(purpose);
      expect(token).toMatch(new RegExp(`^krate_${letter}_.{43}$`));
      expect(await tokens.verify(token)).toMatchObject({ id, principal: ada, purpose });
    });

    it('keeps no token in the database', async () => {
      const { token } = await issue('access');
      expect(JSON.stringify(await knex('krate_token'))).not.toContain(token.slice(8));
    });

    it.each(['', 'krate_a_', `krate_a_${'x'.repeat(43)}`, 'Bearer x'])('does not know %j', async token => {
      expect(await tokens.verify(token)).toBeUndefined();
    });

    it('lets exactly one caller redeem a sign-in token, and never verifies one', async () => {
      const { token } = await issue('sign-in');
      expect(await tokens.verify(token)).toBeUndefined();
      const results = await Promise.all([tokens.redeem(token), tokens.redeem(token), tokens.redeem(token)]);
      expect(results.filter(Boolean)).toHaveLength(1);
    });

    it('does not redeem an access token', async () => {
      const { token } = await issue('access');
      expect(await tokens.redeem(token)).toBeUndefined();
      expect(await tokens.verify(token)).toBeDefined();
    });

    it('ends a token at its expiry', async () => {
      const { token, id } = await issue('access', ada, 60);
      now += 59_999;
      expect(await tokens.verify(token)).toBeDefined();
      now += 1;
      expect(await tokens.verify(token)).toBeUndefined();
      expect(await tokens.isValid(id)).toBe(false);
      expect(await tokens.list(ada)).toEqual([]);
      await tokens.sweep();
      expect(await knex('krate_token')).toEqual([]);
    });

    it('says when a token was last used', async () => {
      const { token } = await issue('access');
      now += 120_000;
      await tokens.verify(token);
      expect((await tokens.list(ada))[0].lastUsedAt).toEqual(new Date(now));
    });

    it('revokes one token, or all of a principal and nobody else’s', async () => {
      const first = await issue('access');
      const second = await issue('access');
      const other = await issue('run', run);
      // Used already: what is remembered of them must not outlive them.
      for (const { token } of [first, second, other]) expect(await tokens.verify(token)).toBeDefined();
      await tokens.revoke(first.id);
      expect(await tokens.verify(first.token)).toBeUndefined();
      expect(await tokens.verify(second.token)).toBeDefined();
      await tokens.revokeFor(run);
      expect(await tokens.verify(other.token)).toBeUndefined();
      expect(await tokens.verify(second.token)).toBeDefined();
    });
  });
});
