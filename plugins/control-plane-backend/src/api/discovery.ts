import { Kind, KindRegistry } from '@krate/resource-model';
import { ApiContext } from './ApiContext';
import { MediaRange, parseAccept } from './negotiate';
import { hasStatus } from './resolvePath';

const VERBS = ['create', 'delete', 'deletecollection', 'get', 'list', 'patch', 'update', 'watch'];
const STATUS_VERBS = ['get', 'patch', 'update'];

/** A resource that is no kind: something to ask the server. */
interface Review {
  group: string;
  version: string;
  plural: string;
  kind: string;
}

/** What the server answers about the caller. */
export const REVIEWS: readonly Review[] = [
  { group: 'authentication.k8s.io', version: 'v1', plural: 'selfsubjectreviews', kind: 'SelfSubjectReview' },
  {
    group: 'authorization.k8s.io',
    version: 'v1',
    plural: 'selfsubjectaccessreviews',
    kind: 'SelfSubjectAccessReview',
  },
  {
    group: 'authorization.k8s.io',
    version: 'v1',
    plural: 'selfsubjectrulesreviews',
    kind: 'SelfSubjectRulesReview',
  },
];

interface GroupVersion {
  group: string;
  version: string;
  kinds: Kind[];
  reviews: Review[];
}

/** Every group version served, the core group first. */
export function groupVersionsOf(kinds: KindRegistry): GroupVersion[] {
  const found = new Map<string, GroupVersion>();
  const at = ({ group, version }: { group: string; version: string }) => {
    const key = `${group}/${version}`;
    const known = found.get(key) ?? { group, version, kinds: [], reviews: [] };
    found.set(key, known);
    return known;
  };
  at({ group: '', version: 'v1' });
  for (const kind of kinds.all()) at(kind).kinds.push(kind);
  for (const review of REVIEWS) at(review).reviews.push(review);
  return [...found.values()];
}

/** The version of aggregated discovery a client asks for first; undefined when it wants the plain documents. */
export function aggregatedVersion(accept: string | undefined): 'v2' | 'v2beta1' | undefined {
  for (const { type, params } of parseAccept(accept)) {
    if (type !== 'application/json') continue;
    if (params.as === undefined) return undefined;
    if (isAggregated(params)) return params.v as 'v2' | 'v2beta1';
  }
  return undefined;
}

function isAggregated({ g, as, v }: MediaRange['params']): boolean {
  return g === 'apidiscovery.k8s.io' && as === 'APIGroupDiscoveryList' && (v === 'v2' || v === 'v2beta1');
}

/** All groups (or the core group alone) with all their resources in one document. */
export function aggregatedDiscovery(kinds: KindRegistry, version: 'v2' | 'v2beta1', core: boolean): object {
  const items = groupVersionsOf(kinds)
    .filter(({ group }) => (group === '') === core)
    .map(served => ({
      metadata: { name: served.group, creationTimestamp: null },
      versions: [{ version: served.version, freshness: 'Current', resources: aggregatedResources(served) }],
    }));
  return { kind: 'APIGroupDiscoveryList', apiVersion: `apidiscovery.k8s.io/${version}`, metadata: {}, items };
}

function aggregatedResources({ kinds, reviews }: GroupVersion): object[] {
  const typeOf = ({ group, version, kind }: Review | Kind) => ({ group, version, kind });
  return [
    ...kinds.map(kind => ({
      resource: kind.plural,
      responseKind: typeOf(kind),
      scope: kind.clusterScoped ? 'Cluster' : 'Namespaced',
      singularResource: kind.kind.toLowerCase(),
      verbs: VERBS,
      ...names(kind),
      ...(hasStatus(kind)
        ? { subresources: [{ subresource: 'status', responseKind: typeOf(kind), verbs: STATUS_VERBS }] }
        : {}),
    })),
    ...reviews.map(review => ({
      resource: review.plural,
      responseKind: typeOf(review),
      scope: 'Cluster',
      singularResource: review.kind.toLowerCase(),
      verbs: ['create'],
    })),
  ];
}

function names({ shortNames, categories }: Kind): object {
  return { ...(shortNames?.length ? { shortNames } : {}), ...(categories?.length ? { categories } : {}) };
}

/** `/apis` in its plain form. */
export function groupList(kinds: KindRegistry): object {
  const groups = groupVersionsOf(kinds).filter(({ group }) => group !== '');
  return { kind: 'APIGroupList', apiVersion: 'v1', groups: groups.map(groupOf) };
}

/** `/apis/<group>`; undefined for a group that is not served. */
export function apiGroup(kinds: KindRegistry, name: string): object | undefined {
  const served = groupVersionsOf(kinds).find(({ group }) => group !== '' && group === name);
  return served && { kind: 'APIGroup', apiVersion: 'v1', ...groupOf(served) };
}

function groupOf({ group, version }: GroupVersion) {
  const only = { groupVersion: `${group}/${version}`, version };
  return { name: group, versions: [only], preferredVersion: only };
}

/**
 * `/api/v1` and `/apis/<group>/<version>`; undefined for one that is not served. What Kubernetes has no word for stands in
 * `krate`, which other clients pass over.
 */
export function resourceList(
  { kinds, controllersOf }: Pick<ApiContext, 'kinds' | 'controllersOf'>,
  group: string,
  version: string,
): object | undefined {
  const served = groupVersionsOf(kinds).find(known => known.group === group && known.version === version);
  if (!served) return undefined;
  const resources = [
    ...served.kinds.flatMap(kind => [
      {
        ...plainResource(kind, !kind.clusterScoped),
        verbs: VERBS,
        ...names(kind),
        krate: {
          area: kind.area,
          storage: kind.storage,
          ...(kind.platform ? { platform: true } : {}),
          controllers: controllersOf(kind),
        },
      },
      ...(hasStatus(kind)
        ? [
            {
              name: `${kind.plural}/status`,
              singularName: '',
              namespaced: !kind.clusterScoped,
              kind: kind.kind,
              verbs: STATUS_VERBS,
            },
          ]
        : []),
    ]),
    ...served.reviews.map(review => ({ ...plainResource(review, false), verbs: ['create'] })),
  ];
  return {
    kind: 'APIResourceList',
    apiVersion: 'v1',
    groupVersion: group ? `${group}/${version}` : version,
    resources,
  };
}

function plainResource({ plural, kind }: Review | Kind, namespaced: boolean) {
  return { name: plural, singularName: kind.toLowerCase(), namespaced, kind };
}
