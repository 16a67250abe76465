import { KindInfo } from '@krate/plugin-control-plane-react';

/** Areas in the order in which people meet them, with their names for people. An area not named here follows by its own name. */
const TITLES: Readonly<Record<string, string>> = {
  'control-plane': 'Organization and access',
  forge: 'Repositories and delivery',
  agents: 'Agents',
  memory: 'Memory',
  'external-backends': 'External systems',
  'artifact-registry': 'Packages',
  inference: 'Models',
  policy: 'Policy',
};

export interface AreaOfKinds {
  area: string;
  title: string;
  kinds: KindInfo[];
}

/** Kinds by area; within one by name. */
export function areasOf(kinds: readonly KindInfo[]): AreaOfKinds[] {
  const order = [...Object.keys(TITLES), ...kinds.map(({ area }) => area)];
  return [...new Set(order)]
    .map(area => ({
      area,
      title: TITLES[area] ?? area,
      kinds: kinds.filter(kind => kind.area === area),
    }))
    .filter(({ kinds: own }) => own.length > 0);
}

/** Kinds in whose names or summary every word occurs. */
export function findKinds(kinds: readonly KindInfo[], text: string): readonly KindInfo[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  return kinds.filter(kind => {
    const names = [kind.kind, kind.plural, kind.summary, kind.group, TITLES[kind.area] ?? kind.area];
    const haystack = [...names, ...(kind.shortNames ?? [])].join(' ').toLowerCase();
    return words.every(word => haystack.includes(word));
  });
}
