/** The types of the search index, as people call them; those of other plugins keep their own names. */
const WORDS: Readonly<Record<string, { one: string; many: string }>> = {
  'krate-repository': { one: 'Repository', many: 'Repositories' },
  'krate-pull-request': { one: 'Pull request', many: 'Pull requests' },
  'krate-issue': { one: 'Issue', many: 'Issues' },
  'krate-project': { one: 'Project', many: 'Projects' },
  'krate-run': { one: 'Run', many: 'Runs' },
  'krate-stack': { one: 'Stack', many: 'Stacks' },
  'krate-resource': { one: 'Resource', many: 'Other resources' },
  'krate-guide': { one: 'Documentation', many: 'Documentation' },
  'software-catalog': { one: 'Catalog', many: 'Catalog' },
  techdocs: { one: 'TechDocs', many: 'TechDocs' },
};

/** The types that the search page offers as filters, in their order. */
export const DOCUMENT_TYPES = Object.keys(WORDS).filter(type => type.startsWith('krate-'));

export function typeWords(type: string, form: 'one' | 'many' = 'one'): string {
  return WORDS[type]?.[form] ?? type;
}

/** What there is before what is written about it, each in the order of the index. */
export function inOrder<R extends { type: string; document: object }>(results: readonly R[]): R[] {
  const things = withoutMirrors(results);
  const isWritten = ({ type }: R) => type === 'krate-guide' || type === 'techdocs';
  return [...things.filter(result => !isWritten(result)), ...things.filter(isWritten)];
}

/** An object of Krate has an entity in the catalog too; it is shown once, as what it is. */
function withoutMirrors<R extends { type: string; document: object }>(results: readonly R[]): R[] {
  const key = (organization: unknown, name: unknown) => `${organization}/${name}`.toLowerCase();
  const own = new Set(
    results.map(({ document }) => {
      const { organization, name } = document as { organization?: string; name?: string };
      return key(organization, name);
    }),
  );
  return results.filter(({ type, document }) => {
    const { location = '' } = document as { location?: string };
    const [, namespace, , name] = /^\/catalog\/([^/]+)\/([^/]+)\/([^/]+)$/.exec(location) ?? [];
    return type !== 'software-catalog' || !own.has(key(namespace, name));
  });
}
