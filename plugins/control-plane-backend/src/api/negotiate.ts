import { ApiError } from '@krate/resource-model';

/** The form in which a client wants objects. */
export interface Representation {
  as: 'Object' | 'Table' | 'PartialObjectMetadata';
  /** Of Table and PartialObjectMetadata. */
  apiVersion: 'meta.k8s.io/v1' | 'meta.k8s.io/v1beta1';
  format: 'json' | 'yaml';
}

/** One media range of an Accept header. */
export interface MediaRange {
  /** Lower case, without parameters. */
  type: string;
  params: Readonly<Record<string, string>>;
}

/** The ranges of an Accept header, best first; an absent header accepts anything. */
export function parseAccept(header: string | undefined): MediaRange[] {
  const ranges = (header?.trim() || '*/*').split(',').map(parseRange);
  return ranges
    .map((range, at) => ({ range, at, q: Number(range.params.q ?? 1) }))
    .filter(({ q }) => q > 0)
    .sort((a, b) => b.q - a.q || a.at - b.at)
    .map(({ range }) => range);
}

function parseRange(text: string): MediaRange {
  const [type, ...params] = text.split(';').map(part => part.trim());
  const pairs = params.map(param => {
    const [name, value = ''] = param.split('=');
    return [name.trim().toLowerCase(), value.trim().replace(/^"(.*)"$/, '$1')];
  });
  return { type: type.toLowerCase(), params: Object.fromEntries(pairs) };
}

/** What is answered: an object, a list, or a stream, whose events may be asked for by either name. */
type Answered = 'object' | 'list' | 'stream';

/**
 * The first form a client accepts that this server has.
 *
 * @throws ApiError NotAcceptable
 */
export function negotiate(header: string | undefined, answered: Answered = 'object'): Representation {
  for (const range of parseAccept(header)) {
    const format = formatOf(range.type);
    const as = format && formOf(range.params);
    if (!as) continue;
    if (as === 'PartialObjectMetadata') assertFits(range.params.as, answered);
    return { as, format, apiVersion: `meta.k8s.io/${range.params.v === 'v1beta1' ? 'v1beta1' : 'v1'}` };
  }
  const message = 'only the following media types are accepted: application/json, application/yaml';
  throw new ApiError('NotAcceptable', message);
}

/** Metadata of one object is another type than that of a list. */
function assertFits(asked: string, answered: Answered): void {
  const isList = asked.endsWith('List');
  if (answered === 'stream' || isList === (answered === 'list')) return;
  const found = isList ? 'is not a list' : 'is a list';
  throw new ApiError('NotAcceptable', `you requested ${asked}, but the requested object ${found}`);
}

function formatOf(type: string): Representation['format'] | undefined {
  if (type === 'application/json' || type === '*/*' || type === 'application/*') return 'json';
  return type === 'application/yaml' ? 'yaml' : undefined;
}

function formOf({ as, g, v }: MediaRange['params']): Representation['as'] | undefined {
  if (as === undefined) return 'Object';
  if (g !== 'meta.k8s.io' || (v !== 'v1' && v !== 'v1beta1')) return undefined;
  if (as === 'Table') return 'Table';
  return as === 'PartialObjectMetadata' || as === 'PartialObjectMetadataList'
    ? 'PartialObjectMetadata'
    : undefined;
}
