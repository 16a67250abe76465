import { z } from 'zod';
import { Gadget } from './__fixtures__/sampleKinds';
import { defineKind } from './defineKind';
import { ref } from './ref';
import { referencePathsOf, referencesOf } from './referencesOf';

describe('references', () => {
  it('are found in fields, lists and items', () => {
    expect(referencePathsOf(Gadget)).toEqual([
      { path: 'spec.repository', kind: 'Repository' },
      { path: 'spec.peers', kind: 'Gadget' },
      { path: 'spec.steps.runner', kind: 'Repository' },
      { path: 'spec.organizationRef', kind: 'Organization' },
    ]);
  });

  it('carry the place and the name', () => {
    const spec = {
      repository: 'tools',
      peers: ['a', 'b'],
      steps: [{ name: 'x' }, { name: 'y', runner: 'web' }],
      organizationRef: '',
    };
    expect(referencesOf(Gadget, { spec })).toEqual([
      { path: 'spec.repository', kind: 'Repository', name: 'tools' },
      { path: 'spec.peers[0]', kind: 'Gadget', name: 'a' },
      { path: 'spec.peers[1]', kind: 'Gadget', name: 'b' },
      { path: 'spec.steps[1].runner', kind: 'Repository', name: 'web' },
    ]);
  });

  it('are found in maps', () => {
    const Map = defineKind({
      kind: 'Map', plural: 'maps', area: 'workshop', storage: 'config', summary: 'A map.', writableBy: 'viewer', examples: [], platform: true,
      spec: z.object({ targets: z.record(z.string(), ref('Repository')) }),
    }); // prettier-ignore
    expect(referencesOf(Map, { spec: { targets: { a: 'x' } } })).toEqual([
      { path: 'spec.targets.a', kind: 'Repository', name: 'x' },
    ]);
  });
});
