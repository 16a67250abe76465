/** The types of the search index, as people call them; those of other plugins keep their own names. */
const WORDS: Readonly<Record<string, { one: string; many: string }>> = {
  'krate-repository': { one: 'Repository', many: 'Repositories' },
  'krate-pull-request': { one: 'Pull request', many: 'Pull requests' },
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
