import { FieldRule, fieldsOf, KindInfo, PlainField } from '@krate/plugin-control-plane-react';
import AddIcon from '@mui/icons-material/AddOutlined';
import Autocomplete from '@mui/material/Autocomplete';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import MenuItem from '@mui/material/MenuItem';
import Popover from '@mui/material/Popover';
import TextField from '@mui/material/TextField';
import { FormEvent, useMemo, useState } from 'react';

const OPERATORS: readonly { operator: FieldRule['operator']; words: string }[] = [
  { operator: 'In', words: 'is' },
  { operator: 'NotIn', words: 'is not' },
  { operator: 'Contains', words: 'contains' },
  { operator: 'GreaterThan', words: 'is greater than' },
  { operator: 'LessThan', words: 'is less than' },
  { operator: 'Exists', words: 'is there' },
  { operator: 'DoesNotExist', words: 'is absent' },
];

/** Adds a rule about any field of the kind, or about its labels. */
export function FilterMenu({
  kind,
  labels,
  problem,
  onLabels,
  onAdd,
}: {
  kind: KindInfo;
  labels: string;
  problem?: string;
  onLabels(labels: string): void;
  onAdd(rule: FieldRule): void;
}) {
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  return (
    <>
      <Button
        size="small"
        color="inherit"
        startIcon={<AddIcon />}
        aria-haspopup="dialog"
        aria-expanded={Boolean(anchor)}
        onClick={event => setAnchor(event.currentTarget)}
        sx={{ height: 34, px: 1.25 }}
      >
        Filter
      </Button>
      <Popover
        open={Boolean(anchor)}
        anchorEl={anchor}
        onClose={() => setAnchor(null)}
        anchorOrigin={{ vertical: 'bottom', horizontal: 'left' }}
        slotProps={{
          paper: { role: 'dialog', 'aria-label': 'Filters', sx: { p: 2, width: 380, mt: 0.5 } } as object,
        }}
      >
        <RuleForm
          kind={kind}
          onAdd={rule => {
            onAdd(rule);
            setAnchor(null);
          }}
        />
        <Box sx={{ borderTop: 1, borderColor: 'divider', mt: 2, pt: 2 }}>
          <TextField
            fullWidth
            size="small"
            label="Label selector"
            placeholder="tier=web,team in (a,b),!retired"
            value={labels}
            error={Boolean(problem)}
            helperText={problem ?? 'As kubectl takes it; the server looks for it.'}
            onChange={event => onLabels(event.target.value)}
          />
        </Box>
      </Popover>
    </>
  );
}

function RuleForm({ kind, onAdd }: { kind: KindInfo; onAdd(rule: FieldRule): void }) {
  const fields = useMemo(() => fieldsOf(kind), [kind]);
  const [path, setPath] = useState('');
  const [operator, setOperator] = useState<FieldRule['operator']>('In');
  const [value, setValue] = useState('');
  const field = fields.find(known => known.path === path);
  const needsValue = operator !== 'Exists' && operator !== 'DoesNotExist';
  const ready = path && (!needsValue || value);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (ready) onAdd({ path, operator, values: needsValue ? [value] : [] });
  };
  return (
    <Box component="form" onSubmit={submit} sx={{ display: 'grid', gap: 1.5 }}>
      <Autocomplete
        size="small"
        freeSolo
        options={fields.map(known => known.path)}
        inputValue={path}
        onInputChange={(_, next) => setPath(next)}
        renderInput={parameters => (
          <TextField
            {...parameters}
            // eslint-disable-next-line jsx-a11y/no-autofocus -- opened on request: typing begins here
            autoFocus
            label="Field"
            helperText={hintOf(kind, field)}
          />
        )}
      />
      <Box sx={{ display: 'grid', gridTemplateColumns: '150px 1fr', gap: 1 }}>
        <TextField
          select
          size="small"
          label="Rule"
          value={operator}
          onChange={event => setOperator(event.target.value as FieldRule['operator'])}
        >
          {OPERATORS.map(known => (
            <MenuItem key={known.operator} value={known.operator}>
              {known.words}
            </MenuItem>
          ))}
        </TextField>
        {needsValue && <ValueField field={field} value={value} onChange={setValue} />}
      </Box>
      <Button type="submit" variant="contained" size="small" disabled={!ready} sx={{ justifySelf: 'start' }}>
        Add filter
      </Button>
    </Box>
  );
}

function ValueField({
  field,
  value,
  onChange,
}: {
  field?: PlainField;
  value: string;
  onChange(value: string): void;
}) {
  return (
    <Autocomplete
      size="small"
      freeSolo
      options={field?.values ?? []}
      inputValue={value}
      onInputChange={(_, next) => onChange(next)}
      renderInput={parameters => <TextField {...parameters} label="Value" />}
    />
  );
}

function hintOf(kind: KindInfo, field: PlainField | undefined): string {
  if (!field) return 'A dotted path, such as spec.repository.';
  if (kind.selectableFields?.includes(field.path)) return 'The server looks for it.';
  return field.description ?? 'Looked for in what was loaded.';
}

/** A rule in words: `spec.title contains “pay”`. */
export function ruleInWords({ path, operator, values }: FieldRule): string {
  const words = OPERATORS.find(known => known.operator === operator)!.words;
  const name = path.replace(/^condition:/, '').replace(/^(spec|status)\./, '');
  return [name, words, values.join(' or ')].filter(Boolean).join(' ');
}
