import { MONOSPACE } from '@krate/plugin-control-plane-react';
import ExpandIcon from '@mui/icons-material/ExpandMoreOutlined';
import Box from '@mui/material/Box';
import IconButton from '@mui/material/IconButton';
import { ChangedFile } from '../api/wire';
import { Counts } from './Counts';

const WORDS: Record<ChangedFile['status'], string | undefined> = {
  added: 'Added',
  modified: undefined,
  deleted: 'Deleted',
  renamed: 'Renamed',
  copied: 'Copied',
  'type-changed': 'Type changed',
};

/** The path of a changed file, what happened to it, and how much. */
export function FileHeader({ file, open, onToggle }: { file: ChangedFile; open: boolean; onToggle(): void }) {
  return (
    <Box
      sx={{
        display: 'flex',
        alignItems: 'center',
        gap: 1,
        px: 1,
        minHeight: 40,
        borderBottom: open ? 1 : 0,
        borderColor: 'divider',
      }}
    >
      <IconButton
        size="small"
        aria-expanded={open}
        aria-label={`${open ? 'Hide' : 'Show'} the changes of ${file.path}`}
        onClick={onToggle}
      >
        <ExpandIcon sx={{ fontSize: 18, transform: open ? undefined : 'rotate(-90deg)' }} />
      </IconButton>
      <Box
        component="h3"
        sx={{
          m: 0,
          fontFamily: MONOSPACE,
          fontSize: 12,
          fontWeight: 600,
          minWidth: 0,
          overflowWrap: 'anywhere',
        }}
      >
        {file.oldPath && file.oldPath !== file.path && `${file.oldPath} → `}
        {file.path}
      </Box>
      <Box component="span" sx={{ fontSize: 12, color: 'text.secondary' }}>
        {WORDS[file.status]}
      </Box>
      <Box sx={{ ml: 'auto', pr: 1 }}>
        <Counts additions={file.additions} deletions={file.deletions} />
      </Box>
    </Box>
  );
}
