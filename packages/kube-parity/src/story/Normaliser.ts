type Json = Record<string, unknown>;

const TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?Z$/;
const AGE = /^\d+s$/;

const isText = (value: unknown): value is string => typeof value === 'string' && value !== '';

/** Lists that come in any order: a Go program goes through maps, and a fast story does not tell times apart. */
const ORDERS: Record<string, (item: Json) => unknown> = {
  managedFields: ({ manager, operation, subresource }) => [operation, manager, subresource ?? ''],
  causes: item => item,
};

function byKey(order: (item: Json) => unknown) {
  return (a: unknown, b: unknown) =>
    JSON.stringify(order(a as Json)) < JSON.stringify(order(b as Json)) ? -1 : 1;
}

/**
 * Gives what a server makes up itself names by the order of their first appearance, so that two tellings of one story can be
 * compared: a write that changed nothing still shows the same `<revision 4 of web>`. Revisions and uids are counted for each
 * object, so that one difference does not become many.
 */
export class Normaliser {
  private readonly names = new Map<string, string>();
  private readonly counts = new Map<string, number>();

  /** Twice: what is named at the end may stand in a key at the beginning. */
  normalise(value: unknown): unknown {
    this.value(value, '');
    return this.value(value, '');
  }

  /** One word: exactly what was seen before, or itself. */
  word(word: string): string {
    return this.names.get(word) ?? word;
  }

  /** A text with what was seen before in it: a message that names a random name, a path. */
  text(text: string): string {
    let out = text
      .replace(/(too old resource version: \d+) \(\d+\)/, '$1 (<revision>)')
      // Several causes come in any order; the list of them says the same, in one.
      .replace(/(is invalid: )\[.*\]$/s, '$1[<causes>]')
      .replace(/(ResourceVersion in record) \(\d+\)/, '$1 (<revision>)')
      .replace(/(Too large resource version: \d+, current:) \d+/, '$1 <revision>');
    for (const [seen, name] of this.names) if (seen.length > 6) out = out.split(seen).join(name);
    return out;
  }

  private value(value: unknown, key: string): unknown {
    if (Array.isArray(value)) {
      const order = ORDERS[key];
      return (order ? [...value].sort(byKey(order)) : value).map(item => this.value(item, key));
    }
    if (typeof value === 'object' && value !== null) return this.object(value as Json);
    if (typeof value !== 'string') return value;
    if (key === 'cells' && AGE.test(value)) return '<age>';
    return TIME.test(value) ? '<time>' : this.text(value);
  }

  private object(object: Json): Json {
    const { name, generateName, uid, resourceVersion, continue: token } = object;
    if (isText(name) && isText(generateName) && name.startsWith(generateName)) {
      this.named(name, `random name of ${generateName}`);
    }
    const owner = isText(name) ? this.word(name) : '';
    const made: Json = {
      ...(isText(uid) && owner ? { uid: this.named(uid, `uid of ${owner}`) } : {}),
      ...(isText(resourceVersion)
        ? {
            resourceVersion: owner
              ? this.named(resourceVersion, `revision of ${owner}`)
              : this.list(resourceVersion),
          }
        : {}),
      ...(isText(token) ? { continue: this.token(token) } : {}),
    };
    return Object.fromEntries(
      Object.entries(object)
        .filter(([key, value]) => key !== 'selfLink' && !(key === 'continue' && value === ''))
        .map(([key, value]) => [this.text(key), key in made ? made[key] : this.value(value, key)]),
    );
  }

  /** The revision of a list or a bookmark: how many writes lie between is the server's own affair. */
  private list(revision: string): string {
    if (!this.names.has(revision)) this.names.set(revision, '<revision>');
    return '<revision>';
  }

  /** A place in a list: two servers need not write the same place down alike. */
  private token(token: string): string {
    this.names.set(token, '<token>');
    return '<token>';
  }

  private named(value: string, what: string): string {
    const known = this.names.get(value);
    if (known?.startsWith(`<${what} `)) return known;
    const count = (this.counts.get(what) ?? 0) + 1;
    this.counts.set(what, count);
    const name = `<${what} ${count}>`;
    this.names.set(value, name);
    return name;
  }
}
