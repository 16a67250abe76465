import { Kind } from '@krate/resource-model';
import { Served } from '../resources';
import { ServedEvent } from '../resources/requests';
import { represent, View } from './representations';

/** What was made of an object, by type of event and form; it goes when the object goes. */
const encoded = new WeakMap<Served, Map<string, Buffer>>();

/**
 * One line of a watch. Made once for each form and shared by all watchers: a thousand clients that follow a collection
 * cost one serialisation of each event.
 *
 * @param first - whether a table carries its column definitions, as the first one of a stream must
 */
export function encodeEvent(kind: Kind, { type, served }: ServedEvent, view: View, first: boolean): Buffer {
  const lines = encoded.get(served) ?? new Map<string, Buffer>();
  if (lines.size === 0) encoded.set(served, lines);
  const form = formOf(type, view, first);
  const known = lines.get(form);
  if (known) return known;
  const made = Buffer.from(`{"type":"${type}","object":${textOf(kind, served, view, first)}}\n`);
  lines.set(form, made);
  return made;
}

/** The usual form, whole objects, depends on nothing else. */
function formOf(type: string, { as, apiVersion, includeObject }: View, first: boolean): string {
  return as === 'Object' ? type : [type, as, apiVersion, includeObject, first].join(' ');
}

function textOf(kind: Kind, served: Served, view: View, first: boolean): string {
  if (view.as === 'Object') return served.json;
  const form = represent(kind, served.object, view);
  return JSON.stringify(view.as === 'Table' && !first ? { ...form, columnDefinitions: null } : form);
}

/** How far the watch has come; `initialEnd` marks the end of the initial events. */
export function encodeBookmark(kind: Kind, revision: number, view: View, initialEnd = false): Buffer {
  const metadata = {
    resourceVersion: String(revision),
    ...(initialEnd ? { annotations: { 'k8s.io/initial-events-end': 'true' } } : {}),
  };
  return line('BOOKMARK', { ...bookmarkType(kind, view), metadata });
}

function bookmarkType(kind: Kind, { as, apiVersion }: View): object {
  if (as === 'Object') return { kind: kind.kind, apiVersion: kind.apiVersion };
  return as === 'Table'
    ? { kind: 'Table', apiVersion, columnDefinitions: null, rows: [] }
    : { kind: as, apiVersion };
}

export function encodeError(status: object): Buffer {
  return line('ERROR', status);
}

function line(type: string, object: object): Buffer {
  return Buffer.from(`${JSON.stringify({ type, object })}\n`);
}
