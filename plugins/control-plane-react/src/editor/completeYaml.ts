import { StructuralSchema } from '@krate/resource-model';

/** What may stand at a place in a manifest. */
export interface Place {
  /** A key is written, or the value of one. */
  at: 'key' | 'value';
  /** Where what has been typed of it begins. */
  from: number;
  /** Names from the top; items of lists leave no trace. */
  path: readonly string[];
  /** Of the object around the place. */
  schema: StructuralSchema | undefined;
  /** Keys that stand beside it. */
  siblings: readonly string[];
}

interface Line {
  indent: number;
  /** The line begins an item of a list. */
  dash: boolean;
  key?: string;
}

const LINE = /^(\s*)((?:- +)*)(?:("[^"]*"|'[^']*'|[^\s:#'"-][^:#]*?|[^\s:#'"]):(?:\s|$))?/;

function readLine(text: string): Line | undefined {
  if (!text.trim() || text.trim().startsWith('#')) return undefined;
  const [, spaces, dashes = '', key] = LINE.exec(text)!;
  const dash = dashes !== '' || text.trim() === '-';
  return { indent: spaces.length + dashes.length, dash, key: key?.replace(/^["']|["']$/g, '') };
}

/** What is being written at a position of a text, judged by indentation alone, so that it works in a half-written text too. */
export function placeAt(text: string, position: number, schema: StructuralSchema): Place | undefined {
  const start = text.lastIndexOf('\n', position - 1) + 1;
  const typed = text.slice(start, position);
  const above = text.slice(0, start).split('\n').slice(0, -1);
  const below = text.slice(position).split('\n').slice(1);
  const value = /^(\s*(?:- +)*)([^\s:#]+):\s+(\S*)$/.exec(typed);
  const item = /^(\s*)- +([^\s:]*)$/.exec(typed);
  const key = /^(\s*(?:- +)*)([^\s:#]*)$/.exec(typed);
  if (!value && !key) return undefined;
  const indent = (value ?? key)![1].length;
  const isItem = typed.trim().startsWith('-');
  const path = parentsOf(above, isItem ? typed.search(/\S/) : indent, isItem);
  const around = schemaOf(schema, path);
  if (value) {
    const names = [...path, value[2]];
    return {
      at: 'value',
      from: position - value[3].length,
      path: names,
      schema: schemaOf(schema, names),
      siblings: [],
    };
  }
  // An item of a list of plain values is a value itself.
  if (item && around && around.type !== 'object' && !around.properties)
    return { at: 'value', from: position - item[2].length, path, schema: around, siblings: [] };
  return {
    at: 'key',
    from: position - key![2].length,
    path,
    schema: around,
    siblings: siblingsOf(isItem ? [] : above, below, indent),
  };
}

/**
 * The keys that something stands under.
 *
 * @param above - the lines before it
 * @param column - where it begins
 * @param isItem - it begins with the dash of a list, at that column
 */
function parentsOf(above: readonly string[], column: number, isItem: boolean): string[] {
  const path: string[] = [];
  // A list may stand at the column of its key, fields stand further in.
  let furthest = isItem ? column : column - 1;
  for (const text of [...above].reverse()) {
    const line = readLine(text);
    if (!line) continue;
    const isParent = line.key !== undefined && line.indent <= furthest;
    if (isParent) path.unshift(line.key!);
    if (line.dash && (isParent || line.indent === furthest + 1)) furthest = text.search(/\S/);
    else if (isParent) furthest = line.indent - 1;
  }
  return path;
}

function siblingsOf(above: readonly string[], below: readonly string[], indent: number): string[] {
  const collect = (lines: readonly string[], downwards: boolean) => {
    const found: string[] = [];
    for (const text of lines) {
      const line = readLine(text);
      if (!line) continue;
      if (line.indent < indent || (line.dash && downwards)) break;
      if (line.indent === indent && line.key) found.push(line.key);
      if (line.indent === indent && line.dash) break;
    }
    return found;
  };
  return [...collect([...above].reverse(), false), ...collect(below, true)];
}

/** The schema of what stands under these names, looking through lists and maps. */
export function schemaOf(schema: StructuralSchema, path: readonly string[]): StructuralSchema | undefined {
  let at: StructuralSchema | undefined = throughLists(schema);
  for (const name of path) {
    at = throughLists(at?.properties?.[name] ?? at?.additionalProperties);
  }
  return at;
}

function throughLists(schema: StructuralSchema | undefined): StructuralSchema | undefined {
  return schema?.items ? throughLists(schema.items) : schema;
}

/** One thing that may be written. */
export interface Suggestion {
  label: string;
  /** What is inserted. */
  text: string;
  detail?: string;
  info?: string;
}

/** The keys an object may still have, what must be there first. */
export function keySuggestions({ schema, siblings }: Place): Suggestion[] {
  const required = schema?.required ?? [];
  return Object.entries(schema?.properties ?? {})
    .filter(([name]) => !siblings.includes(name))
    .sort(([a], [b]) => Number(required.includes(b)) - Number(required.includes(a)))
    .map(([name, field]) => ({
      label: name,
      text: field.type === 'object' || field.type === 'array' ? `${name}:` : `${name}: `,
      detail: [required.includes(name) && 'needed', typeWords(field)].filter(Boolean).join(', '),
      info: field.description,
    }));
}

/** The values a field may have, where they are few. */
export function valueSuggestions({ schema }: Place): Suggestion[] {
  const values = schema?.enum ?? (schema?.type === 'boolean' ? [true, false] : []);
  return values.map(value => ({ label: String(value), text: String(value), info: schema?.description }));
}

function typeWords(schema: StructuralSchema): string {
  const reference = schema['x-krate-ref']?.kind;
  if (reference) return `name of a ${reference}`;
  if (schema.enum) return 'one of few';
  if (schema.type === 'array') return 'list';
  return schema.format ?? schema.type ?? 'anything';
}
