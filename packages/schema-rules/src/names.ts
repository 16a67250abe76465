const RESERVED = new Set(
  'true false null in as break const continue else for function if import let loop package namespace return var void while'.split(
    ' ',
  ),
);
const ACCESSIBLE = /^[a-zA-Z_.\-/][a-zA-Z0-9_.\-/]*$/;
const ESCAPES: Readonly<Record<string, string>> = {
  __: '__underscores__',
  '.': '__dot__',
  '-': '__dash__',
  '/': '__slash__',
};

/** How a rule writes a field, as in Kubernetes: `a-b` is `a__dash__b`, `namespace` is `__namespace__`. Undefined for none. */
export function celName(field: string): string | undefined {
  if (!ACCESSIBLE.test(field)) return undefined;
  return RESERVED.has(field) ? `__${field}__` : field.replace(/__|[.\-/]/g, match => ESCAPES[match]);
}
