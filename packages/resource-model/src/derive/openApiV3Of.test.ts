import { Gadget, Organization, Repository, Secret } from '../__fixtures__/sampleKinds';
import { JsonObject } from '../isObject';
import { openApiV3Of } from './openApiV3Of';

interface Document {
  paths: Record<
    string,
    Record<
      string,
      { parameters: { name: string }[]; requestBody?: { content: object }; [key: string]: unknown }
    >
  >;
  components: { schemas: Record<string, { properties: Record<string, JsonObject>; [key: string]: unknown }> };
}

describe('openApiV3Of', () => {
  const kinds = [Gadget, Repository, Organization, Secret];
  const document = openApiV3Of(kinds, 'krate.a5c.ai/v1alpha1') as unknown as Document;
  const base = '/apis/krate.a5c.ai/v1alpha1/namespaces/{namespace}/gadgets';

  it('lists fieldValidation and the kind at every PATCH, so that kubectl validates on the server', () => {
    const { patch } = document.paths[`${base}/{name}`];
    expect(patch['x-kubernetes-group-version-kind']).toEqual({
      group: 'krate.a5c.ai',
      kind: 'Gadget',
      version: 'v1alpha1',
    });
    expect(patch.parameters.map(({ name }) => name)).toEqual([
      'namespace',
      'name',
      'dryRun',
      'fieldManager',
      'fieldValidation',
      'force',
    ]);
    expect(Object.keys(patch.requestBody!.content)).toEqual([
      'application/apply-patch+yaml', 'application/json-patch+json', 'application/merge-patch+json',
    ]); // prettier-ignore
  });

  it('has the operations of a resource', () => {
    expect(Object.keys(document.paths[base])).toEqual(['get', 'post', 'delete']);
    expect(Object.keys(document.paths[`${base}/{name}`])).toEqual(['get', 'put', 'patch', 'delete']);
    expect(Object.keys(document.paths[`${base}/{name}/status`])).toEqual(['get', 'put', 'patch']);
    expect(Object.keys(document.paths['/apis/krate.a5c.ai/v1alpha1/gadgets'])).toEqual(['get']);
  });

  it('has unique operation ids', () => {
    const ids = Object.values(document.paths).flatMap(path =>
      Object.values(path).map(operation => operation.operationId),
    );
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('explains objects and standard metadata', () => {
    const gadget = document.components.schemas['ai.a5c.krate.v1alpha1.Gadget'];
    expect(gadget['x-kubernetes-group-version-kind']).toEqual([
      { group: 'krate.a5c.ai', kind: 'Gadget', version: 'v1alpha1' },
    ]);
    expect(gadget.properties.metadata.allOf).toEqual([
      { $ref: '#/components/schemas/io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta' },
    ]);
  });

  it('says in its description when no controller is installed for a kind', () => {
    const told = (controllers?: readonly string[]) => {
      const { components } = openApiV3Of(
        kinds,
        'krate.a5c.ai/v1alpha1',
        () => controllers,
      ) as unknown as Document;
      return components.schemas['ai.a5c.krate.v1alpha1.Gadget'].description;
    };
    expect(told([])).toMatch(/\n\nNo controller is installed: /);
    expect(told(['gadget'])).not.toContain('controller');
    expect(told()).not.toContain('controller');
  });

  it('has no pointer into nothing', () => {
    const pointers = [...JSON.stringify(document).matchAll(/"\$ref":"#\/components\/schemas\/([^"]+)"/g)].map(
      ([, name]) => name,
    );
    expect(pointers.filter(name => !document.components.schemas[name])).toEqual([]);
    expect(pointers.length).toBeGreaterThan(10);
  });

  it('keeps group versions apart', () => {
    const core = openApiV3Of(kinds, 'v1') as unknown as Document;
    expect(Object.keys(core.paths)).toContain('/api/v1/namespaces/{namespace}/secrets/{name}');
    expect(
      Object.keys(core.paths).filter(path => path.includes('gadgets') || path.endsWith('/status')),
    ).toEqual([]);
    expect(core.components.schemas).toHaveProperty(['io.k8s.api.core.v1.Secret']);
  });
});
