import { Team } from '@krate/plugin-control-plane-common';

/** A team of a test. */
export function aTeam(name: string, displayName = 'Ada and friends', status: Team['status'] = {}): Team {
  return {
    apiVersion: Team.apiVersion,
    kind: 'Team',
    metadata: {
      name,
      namespace: 'krate-org-acme',
      uid: `uid-${name}`,
      resourceVersion: '1',
      generation: 1,
      creationTimestamp: '2026-01-01T00:00:00Z',
    },
    spec: { displayName, members: [], maintainers: [] },
    status,
  };
}
