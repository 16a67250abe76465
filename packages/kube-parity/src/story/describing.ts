import { Specimen } from './specimen.kind';
import { Teller } from './Teller';

const GROUP = `/apis/${Specimen.group}`;
const DEFINITION = 'example.krate.parity.v1.Specimen';

/** What the server says of its kinds: discovery, and OpenAPI v2 of one kind. */
export async function describing(teller: Teller): Promise<void> {
  await teller.tell('discover the group', 'GET', GROUP);
  await teller.tell('discover the version', 'GET', `${GROUP}/v1`, { extract: withoutHashes });
  await teller.tell('discover all groups', 'GET', '/apis', { extract: ourGroup });
  await teller.until('/openapi/v2', ({ body }) => (body as any).definitions?.[DEFINITION] !== undefined);
  await teller.tell('read OpenAPI v2', 'GET', '/openapi/v2', { extract: ofSpecimen });
}

function ourGroup({ groups }: { groups: { name: string }[] }): unknown {
  return groups.find(({ name }) => name === Specimen.group);
}

/** By how a version is stored, which is the server’s own affair. */
function withoutHashes(body: any): unknown {
  const resources = body.resources.map(({ storageVersionHash: _, krate: _ours, verbs, ...rest }: any) => ({
    ...rest,
    verbs: [...verbs].sort(),
  }));
  return { ...body, resources };
}

/** The definitions, and of every path which methods it has and what they ask for and answer. */
function ofSpecimen({ swagger, definitions, paths }: any): unknown {
  const ours = Object.keys(paths)
    .filter(path => path.startsWith(`${GROUP}/v1`))
    .sort();
  return {
    swagger,
    definition: definitions[DEFINITION],
    list: definitions[`${DEFINITION}List`],
    paths: Object.fromEntries(ours.map(path => [path, methodsOf(paths[path])])),
  };
}

function methodsOf(path: any): unknown {
  const methods = Object.entries<any>(path).filter(([name]) => name !== 'parameters');
  return Object.fromEntries(
    methods.map(([method, operation]) => [
      method,
      {
        gvk: operation['x-kubernetes-group-version-kind'],
        action: operation['x-kubernetes-action'],
        answer: operation.responses?.['200']?.schema,
      },
    ]),
  );
}
