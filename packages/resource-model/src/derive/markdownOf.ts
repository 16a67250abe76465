import { stringify } from 'yaml';
import { Kind } from '../defineKind';
import { StructuralSchema } from '../StructuralSchema';
import { structuralSchemaOf } from '../structuralSchemaOf';
import { NAME_PATTERN } from '../ref';
import { columnsOf } from './printerColumnsOf';
import { withArticle } from './tellReference';
import { isUnattended, NO_CONTROLLER } from './unattended';

/**
 * The reference page of a kind in Markdown: everything the declaration says, and who acts on its objects.
 *
 * @param controllers - the names of the reconcilers for the kind; nothing is said of them when they are not known
 */
export function markdownOf(kind: Kind, controllers?: readonly string[]): string {
  const schema = structuralSchemaOf(kind);
  const payload = kind.flat ? { ...schema, properties: payloadOf(kind, schema) } : schema.properties?.spec;
  const sections = [
    `# ${kind.kind}\n\n${kind.summary}`,
    facts(kind, controllers),
    isUnattended(kind, controllers) ? `> ${NO_CONTROLLER}` : undefined,
    kind.docs?.trim(),
    section(kind.flat ? 'Fields' : 'Spec', fieldTable(kind, payload, kind.flat ? '' : 'spec')),
    section('Status', fieldTable(kind, schema.properties?.status, 'status')),
    section('Conditions', conditionTable(kind)),
    section('Actions', actionTable(kind)),
    section('Columns', columnTable(kind)),
    section('Selectable fields', list(kind.selectableFields)),
    section(kind.examples.length > 1 ? 'Examples' : 'Example', examples(kind)),
  ];
  return `${sections.filter(Boolean).join('\n\n')}\n`;
}

function payloadOf(kind: Kind, schema: StructuralSchema) {
  const own = Object.keys(kind.spec.shape);
  return Object.fromEntries(Object.entries(schema.properties ?? {}).filter(([name]) => own.includes(name)));
}

function section(title: string, body: string | undefined): string | undefined {
  return body ? `## ${title}\n\n${body}` : undefined;
}

function facts(kind: Kind, controllers: readonly string[] | undefined): string {
  const writer = kind.writableBy === 'system' ? 'the server only' : kind.writableBy;
  const rows: [string, string][] = [
    ['API version', code(kind.apiVersion)],
    ['Resource', [kind.plural, ...(kind.shortNames ?? [])].map(code).join(', ')],
    ['Scope', scopeOf(kind)],
    ['Area', kind.area],
    ['Storage', storageText(kind)],
    ['Read by', kind.readableBy ?? 'viewer'],
    ['Written by', writer],
    ...(controllers && kind.group
      ? [['Controllers', controllers.map(code).join(', ') || 'none installed'] as [string, string]]
      : []),
    ...(kind.catalog ? [['Catalog', kind.catalog.as ?? kind.kind] as [string, string]] : []),
  ];
  return table(['', ''], rows);
}

function scopeOf(kind: Kind): string {
  if (kind.clusterScoped) return 'cluster';
  return kind.platform ? 'the platform namespace `krate-system`' : 'namespace';
}

function fieldTable(kind: Kind, schema: StructuralSchema | undefined, path: string): string | undefined {
  const rows = schema ? fieldRows(kind, schema, path) : [];
  return rows.length > 0 ? table(['Field', 'Type', 'Default', 'Description'], rows) : undefined;
}

function fieldRows(kind: Kind, schema: StructuralSchema, path: string): string[][] {
  return Object.entries(schema.properties ?? {}).flatMap(([name, field]) => {
    const at = path ? `${path}.${name}` : name;
    if (at === 'status.conditions') return [];
    const required = schema.required?.includes(name) ? ' **required**' : '';
    const fixed = kind.immutable?.includes(at) ? ' Cannot be changed.' : '';
    const byDefault = field.default === undefined ? '' : code(JSON.stringify(field.default));
    const row = [
      code(at) + required,
      typeText(field),
      byDefault,
      `${field.description ?? ''}${rules(field)}${fixed}`.trim(),
    ];
    return [row, ...nestedRows(kind, field, at)];
  });
}

function nestedRows(kind: Kind, field: StructuralSchema, at: string): string[][] {
  if (field.items) return nestedRows(kind, field.items, `${at}[]`);
  if (field.additionalProperties) return nestedRows(kind, field.additionalProperties, `${at}.*`);
  return fieldRows(kind, field, at);
}

function storageText({ storage, retention }: Kind): string {
  if (!retention) return `${storage}: kept until deleted`;
  return `${storage}: deleted ${retention.days} days after ${code(retention.since)}, unless configured otherwise`;
}

function typeText(field: StructuralSchema): string {
  if (field['x-krate-ref']) return `name of ${withArticle(field['x-krate-ref'].kind)}`;
  if (field['x-kubernetes-int-or-string']) return 'integer or string';
  if (field.items) return `list of ${typeText(field.items)}`;
  if (field.additionalProperties) return `map of ${typeText(field.additionalProperties)}`;
  if (field['x-kubernetes-preserve-unknown-fields']) return 'any object';
  if (field.enum) return field.enum.map(value => code(String(value))).join(' or ');
  return field.format && field.type === 'string' ? field.format : (field.type ?? 'any');
}

function rules(field: StructuralSchema): string {
  const { minimum, maximum, minLength, maxLength, minItems, maxItems, pattern } = field;
  const range = (low: number | undefined, high: number | undefined, unit: string) => {
    if (low === undefined && high === undefined) return '';
    if (high === undefined) return ` At least ${low}${unit}.`;
    return low === undefined ? ` At most ${high}${unit}.` : ` ${low} to ${high}${unit}.`;
  };
  const bounds = range(minimum, maximum, '') + range(minItems, maxItems, ' items');
  if (field['x-krate-ref']) return bounds;
  if (pattern === NAME_PATTERN) return `${bounds} An object name.`;
  return `${bounds}${range(minLength, maxLength, ' characters')}${pattern ? ` Matches ${code(pattern)}.` : ''}`;
}

function conditionTable(kind: Kind): string | undefined {
  const rows = Object.entries(kind.conditions ?? {}).map(([type, reasons]) => [
    code(type),
    reasons.map(code).join(', '),
  ]);
  return rows.length > 0 ? table(['Type', 'Reasons'], rows) : undefined;
}

function actionTable(kind: Kind): string | undefined {
  const rows = Object.entries(kind.actions ?? {}).map(([name, action]) => [
    name,
    code(action.field),
    action.role,
    `${code(action.by)}, ${code(action.at)}`,
    action.repeatable ? 'any number of times' : 'once',
  ]);
  return rows.length > 0
    ? table(['Action', 'Set', 'Least role', 'The server stamps', 'May be set'], rows)
    : undefined;
}

function columnTable(kind: Kind): string {
  const rows = columnsOf(kind).map(column => [
    column.name + (column.priority ? ' (wide)' : ''),
    'path' in column ? code(column.path) : `status of condition ${code(column.condition)}`,
  ]);
  return table(['Column', 'From'], rows);
}

function examples(kind: Kind): string {
  return kind.examples.map(example => `\`\`\`yaml\n${stringify(example)}\`\`\``).join('\n\n');
}

function list(items: readonly string[] | undefined): string | undefined {
  return items?.map(item => `- ${code(item)}`).join('\n');
}

function table(head: string[], rows: string[][]): string {
  const line = (cells: string[]) =>
    `| ${cells.map(cell => cell.replace(/\|/g, '\\|').replace(/\s*\n\s*/g, ' ')).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

function code(text: string): string {
  return `\`${text}\``;
}
