import { Kind, tableOf } from '@krate/resource-model';
import { Served, WireObject } from '../resources';
import { Representation } from './negotiate';

export type IncludeObject = 'Metadata' | 'Object' | 'None';

/** How a client wants to see objects, and the moment ages are counted to. */
export interface View extends Representation {
  includeObject: IncludeObject;
  now: Date;
}

/** What of the query decides on the rows of a table. */
export function includeObjectOf(query: URLSearchParams): IncludeObject {
  const asked = query.get('includeObject');
  return asked === 'None' || asked === 'Object' ? asked : 'Metadata';
}

/** One object in the form asked for. */
export function represent(kind: Kind, object: WireObject, view: View): object {
  if (view.as === 'Object') return object;
  if (view.as === 'PartialObjectMetadata') return partial(object, view);
  return table(kind, [object], { resourceVersion: object.metadata.resourceVersion }, view);
}

/** A page of objects as a table or as metadata; for whole objects see {@link listPieces}. */
export function representList(kind: Kind, items: readonly Served[], metadata: object, view: View): object {
  const objects = items.map(({ object }) => object);
  if (view.as === 'Table') return table(kind, objects, metadata, view);
  if (view.as === 'Object')
    return { apiVersion: kind.apiVersion, kind: `${kind.kind}List`, metadata, items: objects };
  const rows = objects.map(object => partial(object, view));
  return { kind: 'PartialObjectMetadataList', apiVersion: view.apiVersion, metadata, items: rows };
}

/** Some hundred kilobytes, usually: few enough turns for a long list, none of them long. */
const ITEMS_PER_PIECE = 250;

/** A list of whole objects from the store's own texts, nothing parsed. */
export function* listPieces(kind: Kind, items: readonly Served[], metadata: object): Generator<string> {
  const head = { apiVersion: kind.apiVersion, kind: `${kind.kind}List`, metadata };
  yield `${JSON.stringify(head).slice(0, -1)},"items":[`;
  for (let at = 0; at < items.length; at += ITEMS_PER_PIECE) {
    const piece = items.slice(at, at + ITEMS_PER_PIECE).map(({ json }) => json);
    yield (at > 0 ? ',' : '') + piece.join(',');
  }
  yield ']}';
}

export function table(kind: Kind, objects: readonly WireObject[], metadata: object, view: View): object {
  const made = tableOf(kind, objects, view.now, view.includeObject);
  const { apiVersion } = view;
  if (apiVersion === 'meta.k8s.io/v1') return { ...made, metadata };
  const rows = made.rows.map(row =>
    view.includeObject === 'Metadata' ? { ...row, object: { ...row.object, apiVersion } } : row,
  );
  return { ...made, apiVersion, metadata, rows };
}

function partial({ metadata }: WireObject, { apiVersion }: View): object {
  return { kind: 'PartialObjectMetadata', apiVersion, metadata };
}
