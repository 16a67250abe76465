import { isObject, StructuralSchema } from '@krate/resource-model';
import Box from '@mui/material/Box';
import { ReactNode } from 'react';
import { RelativeTime } from './RelativeTime';
import { StatusChip } from './StatusChip';
import { MONOSPACE } from './tokens';

export interface ObjectValuesProps {
  value: Record<string, unknown>;
  /** Says what the fields mean; fields it does not know are shown all the same. */
  schema: StructuralSchema | undefined;
  /** How a reference to an object of a kind is shown. */
  reference?(kind: string, name: string): ReactNode;
  /** Fields of the object itself that are left out. */
  omit?: readonly string[];
}

/** The fields of an object in the words of its schema: names, references as links, times for people. */
export function ObjectValues({ value, schema, reference, omit = [] }: ObjectValuesProps) {
  const names = [...Object.keys(schema?.properties ?? {}), ...Object.keys(value)];
  const shown = [...new Set(names)].filter(name => !omit.includes(name) && isThere(value[name]));
  return (
    <Box
      component="dl"
      sx={{
        m: 0,
        display: 'grid',
        gridTemplateColumns: 'minmax(110px, max-content) minmax(0, 1fr)',
        columnGap: 2,
        rowGap: 0.75,
        fontSize: 13,
      }}
    >
      {shown.map(name => {
        const field = schema?.properties?.[name] ?? schema?.additionalProperties;
        return (
          <Box key={name} sx={{ display: 'contents' }}>
            <Box
              component="dt"
              sx={{ color: 'text.secondary', gridColumn: isDeep(value[name]) ? '1 / -1' : undefined }}
              title={field?.description}
            >
              {schema?.additionalProperties ? name : wordsOf(name)}
            </Box>
            <Box
              component="dd"
              // What has fields of its own stands below its name: it needs the width.
              sx={{
                m: 0,
                minWidth: 0,
                overflowWrap: 'anywhere',
                ...(isDeep(value[name]) && {
                  gridColumn: '1 / -1',
                  pl: 1.5,
                  borderLeft: 2,
                  borderColor: 'divider',
                  mb: 0.5,
                }),
              }}
            >
              <Value value={value[name]} schema={field} name={name} reference={reference} />
            </Box>
          </Box>
        );
      })}
    </Box>
  );
}

const PLAIN_ITEM = { '&:not(:last-of-type)::after': { content: '","', mr: 0.5 } };
const DEEP_ITEM = { '& + &': { borderTop: 1, borderColor: 'divider', pt: 1 } };

interface ValueProps extends Pick<ObjectValuesProps, 'schema' | 'reference'> {
  value: unknown;
  name: string;
}

function Value({ value, schema, name, reference }: ValueProps): ReactNode {
  if (schema?.['x-krate-write-only'] && isObject(value)) return <WriteOnlyKeys keys={Object.keys(value)} />;
  if (Array.isArray(value)) return <List value={value} schema={schema} name={name} reference={reference} />;
  if (isObject(value)) {
    return <ObjectValues value={value} schema={schema} reference={reference} />;
  }
  const target = schema?.['x-krate-ref']?.kind;
  if (target && reference) return reference(target, String(value));
  if (typeof value === 'boolean') return value ? 'Yes' : 'No';
  if (schema?.format === 'date-time') return <RelativeTime time={String(value)} />;
  if (name === 'phase') return <StatusChip status={String(value)} />;
  return <Text text={String(value)} />;
}

function List({ value, schema, name, reference }: ValueProps & { value: unknown[] }) {
  const plain = value.every(item => !isObject(item) && !Array.isArray(item));
  return (
    <Box
      component="ul"
      sx={{
        listStyle: 'none',
        m: 0,
        p: 0,
        display: 'flex',
        flexDirection: plain ? 'row' : 'column',
        flexWrap: 'wrap',
        gap: plain ? 0 : 1,
      }}
    >
      {value.map((item, index) => (
        // eslint-disable-next-line react/no-array-index-key -- items of a list have no other identity
        <Box component="li" key={index} sx={plain ? PLAIN_ITEM : DEEP_ITEM}>
          <Value value={item} schema={schema?.items} name={name} reference={reference} />
        </Box>
      ))}
    </Box>
  );
}

function WriteOnlyKeys({ keys }: { keys: readonly string[] }) {
  return (
    <>
      {keys.map(key => (
        <Box key={key} sx={{ display: 'flex', gap: 1 }}>
          <Box component="code" sx={{ fontFamily: MONOSPACE, fontSize: 12 }}>
            {key}
          </Box>
          <Box component="span" sx={{ color: 'text.secondary' }}>
            set, never shown
          </Box>
        </Box>
      ))}
    </>
  );
}

/** Longer texts, and those of several lines, keep their shape. */
function Text({ text }: { text: string }) {
  if (!text.includes('\n')) return text;
  return (
    <Box
      component="pre"
      // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls, also by keyboard
      tabIndex={0}
      sx={{
        m: 0,
        whiteSpace: 'pre-wrap',
        fontFamily: MONOSPACE,
        fontSize: 12,
        maxHeight: 240,
        overflow: 'auto',
      }}
    >
      {text}
    </Box>
  );
}

/** Whether a value has fields of its own. */
function isDeep(value: unknown): boolean {
  return isObject(value) || (Array.isArray(value) && value.some(isObject));
}

function isThere(value: unknown): boolean {
  if (value === undefined || value === null || value === '') return false;
  if (Array.isArray(value)) return value.length > 0;
  return !isObject(value) || Object.keys(value).length > 0;
}

/** `observedGeneration` as people read it. */
export function wordsOf(name: string): string {
  const words = name.replace(/([a-z0-9])([A-Z])/g, '$1 $2').replace(/[-_]/g, ' ');
  const lower = words
    .split(' ')
    .map(word => (/^[A-Z0-9]{2,}$/.test(word) ? word : word.toLowerCase()))
    .join(' ');
  return lower.charAt(0).toUpperCase() + lower.slice(1);
}
