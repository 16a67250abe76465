import { Access, AccessButton, ROW_HEIGHT } from '@krate/plugin-control-plane-react';
import Box from '@mui/material/Box';
import { ReactNode } from 'react';

export interface SettingsRow {
  key: string;
  title: ReactNode;
  words: ReactNode;
  /** Of the object, for the button's label. */
  name: string;
  remove(): Promise<unknown>;
}

/** Short lists of settings: what, in words, and a button that takes it away. */
export function SettingsRows({
  label,
  rows,
  removal,
  permission,
  action = 'Remove',
  onFailed,
}: {
  label: string;
  rows: readonly SettingsRow[];
  removal: Access | undefined;
  /** In words: “change protections”. */
  permission: string;
  /** The word on the button. */
  action?: string;
  onFailed(error: Error | undefined): void;
}) {
  if (rows.length === 0) return null;
  const remove = (row: SettingsRow) => () => {
    onFailed(undefined);
    row.remove().catch(onFailed);
  };
  return (
    <Box component="ul" aria-label={label} sx={{ listStyle: 'none', m: 0, p: 0 }}>
      {rows.map(row => (
        <Box
          component="li"
          key={row.key}
          sx={{
            display: 'flex',
            alignItems: 'center',
            flexWrap: 'wrap',
            columnGap: 2,
            px: 2,
            py: 0.5,
            minHeight: ROW_HEIGHT,
            fontSize: 13,
            '& + &': { borderTop: 1, borderColor: 'divider' },
          }}
        >
          <Box sx={{ fontWeight: 600, minWidth: 160 }}>{row.title}</Box>
          <Box sx={{ flex: 1, minWidth: 200, color: 'text.secondary' }}>{row.words}</Box>
          <AccessButton
            size="small"
            access={removal}
            permission={permission}
            onClick={remove(row)}
            aria-label={`${action} ${row.name}`}
          >
            {action}
          </AccessButton>
        </Box>
      ))}
    </Box>
  );
}
