import { WorkspacePackage } from '../workspace/readWorkspace';
import { EXCEPTIONS, MAY_IMPORT, OPEN_TO_OTHER_AREAS, TESTS_MAY_IMPORT } from './importRules';
import { PackageImport } from './importsOf';
import { layerOf } from './layerOf';

/** `docs/architecture/dependencies.json`: the areas, and which may know which. */
export interface AreaEdges {
  areas: string[];
  edges: { from: string; to: string; why: string }[];
}

/** One import as the rules judge it. */
export interface Edge {
  from: WorkspacePackage;
  to: WorkspacePackage;
  /** Undefined for a dependency that is declared in package.json. */
  import?: PackageImport;
}

/** Says of every edge that points the wrong way where it is, and what would be allowed. */
export function checkDirections(edges: readonly Edge[], allowed: AreaEdges): string[] {
  return edges.flatMap(edge => {
    if (edge.from.name === edge.to.name || isAllowedInTests(edge)) return [];
    const problem = wrongLayer(edge) ?? wrongArea(edge, allowed);
    return problem ? [`${edge.import?.file ?? `${edge.from.directory}/package.json`}: ${problem}`] : [];
  });
}

function wrongLayer({ from, to }: Edge): string | undefined {
  const { layer } = layerOf(from);
  const target = layerOf(to).layer;
  const more = EXCEPTIONS.filter(exception => exception.package === from.directory).map(
    ({ mayImport }) => mayImport,
  );
  const layers = [...MAY_IMPORT[layer], ...more];
  if (layers.includes(target)) return undefined;
  return `${layer} may not import ${target} (${to.name}); it may import ${layers.join(', ') || 'no other package of Krate'}`;
}

function wrongArea({ from, to }: Edge, { areas, edges }: AreaEdges): string | undefined {
  const ours = layerOf(from).area;
  const theirs = layerOf(to);
  const unknown = [ours, theirs.area].find(area => area && !areas.includes(area));
  if (unknown) return `the area ${unknown} is not in docs/architecture/dependencies.json`;
  if (!ours || !theirs.area || ours === theirs.area) return undefined;
  if (!OPEN_TO_OTHER_AREAS.includes(theirs.layer)) return `${to.name} is for its own area only`;
  if (edges.some(edge => edge.from === ours && edge.to === theirs.area)) return undefined;
  return `the area ${ours} may not know ${theirs.area} (docs/architecture/dependencies.json)`;
}

function isAllowedInTests({ from, to, import: by }: Edge): boolean {
  if (!by?.development) return false;
  const { layer } = layerOf(from);
  return TESTS_MAY_IMPORT.some(rule => rule.package === to.name && rule.from.includes(layer));
}
