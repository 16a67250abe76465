import { fieldsOf, KindInfo } from '@krate/plugin-control-plane-react';
import ColumnIcon from '@mui/icons-material/ViewColumnOutlined';
import Autocomplete from '@mui/material/Autocomplete';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Checkbox from '@mui/material/Checkbox';
import FormControlLabel from '@mui/material/FormControlLabel';
import Popover from '@mui/material/Popover';
import TextField from '@mui/material/TextField';
import { useMemo, useState } from 'react';

/** Which columns are shown: the declared ones, and any field of the kind or label besides. */
export function ColumnsMenu({
  kind,
  chosen,
  onChange,
}: {
  kind: KindInfo;
  chosen: readonly string[] | undefined;
  onChange(columns: readonly string[] | undefined): void;
}) {
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const declared = kind.columns.map(({ name }) => name);
  const shown = chosen ?? declared;
  const further = shown.filter(name => !declared.includes(name) && name !== 'metadata.name');
  const paths = useMemo(() => fieldsOf(kind).map(({ path }) => path), [kind]);
  const set = (columns: readonly string[]) =>
    onChange(columns.join() === declared.join() ? undefined : columns);
  const toggle = (name: string) =>
    set(shown.includes(name) ? shown.filter(known => known !== name) : inOrder([...shown, name], declared));

  return (
    <>
      <Button
        size="small"
        color="inherit"
        startIcon={<ColumnIcon />}
        aria-haspopup="dialog"
        aria-expanded={Boolean(anchor)}
        onClick={event => setAnchor(event.currentTarget)}
        sx={{ height: 34, px: 1.25 }}
      >
        Columns
      </Button>
      <Popover
        open={Boolean(anchor)}
        anchorEl={anchor}
        onClose={() => setAnchor(null)}
        anchorOrigin={{ vertical: 'bottom', horizontal: 'right' }}
        transformOrigin={{ vertical: 'top', horizontal: 'right' }}
        slotProps={{
          paper: { role: 'dialog', 'aria-label': 'Columns', sx: { p: 2, width: 320, mt: 0.5 } } as object,
        }}
      >
        <Box sx={{ display: 'grid', maxHeight: 320, overflow: 'auto', mb: 1.5 }}>
          {[...declared, ...further].map(name => (
            <FormControlLabel
              key={name}
              control={
                <Checkbox
                  size="small"
                  checked={shown.includes(name)}
                  onChange={() => toggle(name)}
                  sx={{ py: 0.5 }}
                />
              }
              label={name}
            />
          ))}
        </Box>
        <Autocomplete
          size="small"
          freeSolo
          clearOnBlur
          selectOnFocus
          value={null}
          options={paths.filter(path => !shown.includes(path))}
          onChange={(_, path) => path && set([...shown, path])}
          renderInput={parameters => (
            <TextField
              {...parameters}
              label="Add a column"
              helperText="A field, or a label as metadata.labels.<key>."
            />
          )}
        />
        {chosen && (
          <Button size="small" sx={{ mt: 1 }} onClick={() => onChange(undefined)}>
            As declared
          </Button>
        )}
      </Popover>
    </>
  );
}

/** Declared columns keep their order, further ones follow in theirs. */
function inOrder(columns: readonly string[], declared: readonly string[]): string[] {
  return [
    ...declared.filter(name => columns.includes(name)),
    ...columns.filter(name => !declared.includes(name)),
  ];
}
