import { holdersOf, roleSourcesOf } from './membership';

const named = (name: string, spec: object, metadata: object = {}): any => ({
  metadata: { name, ...metadata },
  spec,
});
const user = (name: string, spec: object = {}, metadata?: object) => named(name, spec, metadata);
const login = (name: string, provider = 'backstage') => named(name, { user: name, provider, subject: name });
const binding = (kind: string, subject: string, role: string, scope = 'organization', metadata = {}) =>
  named(
    `${subject}-${role}`,
    { subject: { kind, name: subject }, scope: { kind: scope }, roleRef: { name: role } },
    metadata,
  );
const core = named('core', { members: ['ada'], maintainers: ['max'] });

describe('roleSourcesOf', () => {
  it('names every binding that gives a role, the greatest first', () => {
    const bindings = [binding('User', 'ada', 'viewer'), binding('Team', 'core', 'maintainer')];
    expect(roleSourcesOf('ada', { teams: [core], bindings })).toEqual([
      { role: 'maintainer', binding: 'core-maintainer', team: 'core' },
      { role: 'viewer', binding: 'ada-viewer' },
    ]);
  });

  it.each([
    { reason: 'another user’s', given: binding('User', 'max', 'admin') },
    { reason: 'a role nobody knows', given: binding('User', 'ada', 'emperor') },
    { reason: 'a scope that is not the organization', given: binding('User', 'ada', 'admin', 'repository') },
    {
      reason: 'one under deletion',
      given: binding('User', 'ada', 'admin', 'organization', { deletionTimestamp: 'now' }),
    },
    { reason: 'an agent of the same name', given: binding('AgentStack', 'ada', 'admin') },
  ])('counts nothing for $reason', ({ given }) => {
    expect(roleSourcesOf('ada', { teams: [core], bindings: [given] })).toEqual([]);
  });
});

describe('holdersOf', () => {
  const bindings = [binding('Team', 'core', 'admin')];
  const holders = (users: any[], mappings: any[]) =>
    holdersOf('admin', { users, mappings, teams: [core], bindings });

  it('counts who holds the role through a team, as member or maintainer', () => {
    expect(
      holders([user('ada'), user('max'), user('vera')], [login('ada'), login('max'), login('vera')]),
    ).toEqual(['ada', 'max']);
  });

  it.each([
    { reason: 'disabled', users: [user('ada', { disabled: true })], logins: [login('ada')] },
    { reason: 'being deleted', users: [user('ada', {}, { deletionTimestamp: 'x' })], logins: [login('ada')] },
    { reason: 'without a login', users: [user('ada')], logins: [] },
    { reason: 'known to another provider only', users: [user('ada')], logins: [login('ada', 'github')] },
  ])('does not count a user who is $reason', ({ users, logins }) => {
    expect(holders(users, logins)).toEqual([]);
  });
});
