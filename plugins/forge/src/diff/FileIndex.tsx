import Box from '@mui/material/Box';
import ButtonBase from '@mui/material/ButtonBase';
import { ChangedFile } from '../api/wire';
import { Counts } from './Counts';

/** The changed files at a glance; a click goes there. */
export function FileIndex({
  files,
  current,
  onGo,
}: {
  files: readonly ChangedFile[];
  current: number;
  onGo(index: number): void;
}) {
  return (
    <Box
      component="nav"
      aria-label="Changed files"
      sx={{ position: 'sticky', top: 8, maxHeight: 'calc(100vh - 32px)', overflow: 'auto' }}
    >
      {files.map((file, index) => {
        const cut = file.path.lastIndexOf('/') + 1;
        return (
          <ButtonBase
            key={file.path}
            title={file.path}
            aria-current={index === current ? 'true' : undefined}
            onClick={() => onGo(index)}
            sx={{
              width: '100%',
              px: 1,
              minHeight: 32,
              gap: 1,
              justifyContent: 'flex-start',
              borderRadius: 1,
              fontSize: 12,
              textAlign: 'left',
              bgcolor: index === current ? 'action.selected' : undefined,
              '&:hover, &:focus-visible': { bgcolor: 'action.hover' },
            }}
          >
            <Box
              component="span"
              sx={{ minWidth: 0, overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' }}
            >
              <strong>{file.path.slice(cut)}</strong>{' '}
              <Box component="span" sx={{ color: 'text.secondary' }}>
                {file.path.slice(0, cut)}
              </Box>
            </Box>
            <Box component="span" sx={{ ml: 'auto' }}>
              <Counts additions={file.additions} deletions={file.deletions} />
            </Box>
          </ButtonBase>
        );
      })}
    </Box>
  );
}
