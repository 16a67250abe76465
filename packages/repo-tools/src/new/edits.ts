import ts from 'typescript';
import { ScaffoldError } from './Scaffold';

/** Inserts a statement below the last import. */
export function addImport(text: string, statement: string): string {
  const last = sourceOf(text).statements.filter(ts.isImportDeclaration).at(-1);
  return last ? insert(text, last.end, `\n${statement}`) : `${statement}\n\n${text}`;
}

/** Inserts an item at the end of the list that a constant (`…Kinds`) or a property (`reconcilers: […]`, also of JSON) holds. */
export function addToList(text: string, name: RegExp, item: string): string {
  const list = find(sourceOf(text), node => listOf(node, name));
  if (!list) throw new ScaffoldError(`there is no list called ${name.source}; add ${item} by hand`);
  const last = list.elements.at(-1);
  return last ? insert(text, last.end, `, ${item}`) : insert(text, list.getStart() + 1, item);
}

/** Inserts a property below another one of the same object, unless the object has it. */
export function addListProperty(text: string, name: string, below: string): string {
  const source = sourceOf(text);
  if (find(source, node => listOf(node, new RegExp(`^${name}$`)))) return text;
  const neighbour = find(source, node =>
    ts.isPropertyAssignment(node) && node.name.getText() === below ? node : undefined,
  );
  if (!neighbour) throw new ScaffoldError(`there is no property ${below} to put ${name} below`);
  return insert(text, neighbour.end, `,\n${name}: []`);
}

/** Adds a name to `export { … };`. */
export function addToExports(text: string, name: string, from: string): string {
  const exported = find(sourceOf(text), node =>
    ts.isExportDeclaration(node) &&
    !node.moduleSpecifier &&
    node.exportClause &&
    ts.isNamedExports(node.exportClause)
      ? node.exportClause.elements.at(-1)
      : undefined,
  );
  return exported ? insert(text, exported.end, `, ${name}`) : `${text}\nexport { ${name} } from '${from}';\n`;
}

/** Inserts a statement below the last one that begins like it: a further `backend.add(…)`. */
export function addBelowLast(text: string, beginning: string, statement: string): string {
  const last = sourceOf(text)
    .statements.filter(each => each.getText().startsWith(beginning))
    .at(-1);
  if (!last) throw new ScaffoldError(`no statement begins with ${beginning}; add ${statement} by hand`);
  return insert(text, last.end, `\n${statement}`);
}

/** Takes the items that answer to a question (of their text) out of such a list. */
export function removeFromList(text: string, name: RegExp, isWanted: (item: string) => boolean): string {
  const list = find(sourceOf(text), node => listOf(node, name));
  const items = list?.elements ?? [];
  const index = items.findIndex(item => isWanted(item.getText()));
  if (!list || index < 0) return text;
  // With the comma before it; the first one, with the comma after it.
  const from = index > 0 ? items[index - 1].end : items[0].getFullStart();
  const to = index === 0 && items.length > 1 ? items[1].getFullStart() : items[index].end;
  return removeFromList(text.slice(0, from) + text.slice(to), name, isWanted);
}

/** Takes a statement out, with its line. */
export function removeStatement(text: string, statement: string): string {
  const found = sourceOf(text).statements.find(each => each.getText() === statement);
  return found ? text.slice(0, found.getFullStart()) + text.slice(found.end) : text;
}

/** Changes a JSON file by a function that may change its argument. */
export function editJson<T>(text: string, change: (value: T) => void): string {
  const value: T = JSON.parse(text);
  change(value);
  return `${JSON.stringify(value, null, 2)}\n`;
}

function sourceOf(text: string): ts.SourceFile {
  const kind = text.startsWith('{') ? ts.ScriptKind.JSON : ts.ScriptKind.TSX;
  return ts.createSourceFile('file', text, ts.ScriptTarget.Latest, true, kind);
}

function listOf(node: ts.Node, name: RegExp): ts.ArrayLiteralExpression | undefined {
  if (!ts.isVariableDeclaration(node) && !ts.isPropertyAssignment(node)) return undefined;
  const { initializer } = node;
  return initializer && ts.isArrayLiteralExpression(initializer) && name.test(node.name.getText())
    ? initializer
    : undefined;
}

/** The first thing below a node that the question answers with something. */
function find<T>(node: ts.Node, ask: (node: ts.Node) => T | undefined): T | undefined {
  return ask(node) ?? ts.forEachChild(node, child => find(child, ask));
}

function insert(text: string, at: number, added: string): string {
  return `${text.slice(0, at)}${added}${text.slice(at)}`;
}
