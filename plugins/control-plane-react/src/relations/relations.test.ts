import { RelationNode, Relations } from '@krate/plugin-control-plane-common';
import { groupRelations, placeNodes } from './relations';

const node = (name: string): RelationNode => ({ id: name, kind: 'Widget', plural: 'widgets', name });
const relations: Relations = {
  nodes: [node('run'), node('stack'), node('provider'), node('pull')],
  edges: [
    { from: 'run', to: 'stack', type: 'reference', path: 'spec.stack' },
    { from: 'run', to: 'stack', type: 'reference', path: 'spec.fallback' },
    { from: 'stack', to: 'provider', type: 'reference', path: 'spec.provider' },
    { from: 'pull', to: 'run', type: 'owner' },
  ],
  truncated: false,
};

describe('relations', () => {
  it('are told by how they relate to the object; those a step further are left to the drawing', () => {
    const groups = groupRelations(relations);
    expect(groups.refers).toEqual([{ node: node('stack'), paths: ['spec.stack', 'spec.fallback'] }]);
    expect(groups.owned.map(({ node: { name } }) => name)).toEqual(['pull']);
    expect([...groups.owners, ...groups.referred]).toEqual([]);
  });

  it('are drawn with what refers on the left and what is referred to on the right', () => {
    const places = Object.fromEntries(
      placeNodes(relations).map(({ node: { name }, column }) => [name, column]),
    );
    expect(places).toEqual({ pull: 0, run: 1, stack: 2, provider: 3 });
  });

  it('stand below one another within a column', () => {
    const both = {
      ...relations,
      edges: [...relations.edges, { from: 'run', to: 'pull', type: 'owner' as const }],
    };
    const rows = placeNodes({ ...both, edges: both.edges.filter(({ from }) => from === 'run') });
    expect(rows.filter(({ column }) => column === 1).map(({ row }) => row)).toEqual([0, 1]);
  });
});
