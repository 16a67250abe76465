import { Gadget, Organization, Secret } from '../__fixtures__/sampleKinds';
import { crdOf } from './crdOf';

describe('crdOf', () => {
  const crd = crdOf(Gadget);
  const [version] = crd.spec.versions;

  it('names the resource', () => {
    expect(crd.metadata.name).toBe('gadgets.krate.a5c.ai');
    expect(crd.spec.names).toEqual({
      kind: 'Gadget', listKind: 'GadgetList', plural: 'gadgets', singular: 'gadget', shortNames: ['gd'], categories: ['krate'],
    }); // prettier-ignore
    expect(crd.spec.scope).toBe('Namespaced');
    expect(version).toMatchObject({
      name: 'v1alpha1',
      served: true,
      storage: true,
      subresources: { status: {} },
    });
  });

  it('has columns with JSONPaths', () => {
    expect(version.additionalPrinterColumns).toEqual([
      { name: 'Repository', type: 'string', jsonPath: '.spec.repository' },
      { name: 'Size', type: 'integer', jsonPath: '.spec.size' },
      {
        name: 'Ready',
        type: 'string',
        jsonPath: '.status.conditions[?(@.type=="Ready")].status',
        description: 'Whether it works.',
      },
      { name: 'Steps', type: 'string', jsonPath: '.spec.steps[*].name', priority: 1 },
      { name: 'Last run', type: 'date', jsonPath: '.status.lastRun' },
      { name: 'Age', type: 'date', jsonPath: '.metadata.creationTimestamp', description: expect.any(String) },
    ]);
    expect(version.selectableFields).toEqual([{ jsonPath: '.spec.repository' }]);
  });

  it('tells references in words, since an API server refuses foreign extensions', () => {
    expect(JSON.stringify(crd)).not.toContain('x-krate-');
    const { repository, peers } = version.schema.openAPIV3Schema.properties!.spec.properties!;
    expect(repository.description).toBe('Where its sources are. The name of a Repository.');
    expect(peers.items!.description).toBe('The name of a Gadget.');
  });

  it('names no more selectable fields than an API server takes', () => {
    const kind = { ...Gadget, selectableFields: Array(9).fill('spec.repository') };
    expect(crdOf(kind).spec.versions[0].selectableFields).toHaveLength(8);
  });

  it('leaves out what is empty', () => {
    const { spec } = crdOf(Organization);
    expect(spec.names).not.toHaveProperty('shortNames');
    expect(spec.versions[0]).not.toHaveProperty('selectableFields');
  });

  it('refuses core kinds', () => {
    expect(() => crdOf(Secret)).toThrow('Secret is a core kind');
  });
});
