import { ROW_HEIGHT, useKeyboardList } from '@krate/plugin-control-plane-react';
import FileIcon from '@mui/icons-material/InsertDriveFileOutlined';
import FolderIcon from '@mui/icons-material/FolderOutlined';
import LinkIcon from '@mui/icons-material/LinkOutlined';
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import ButtonBase from '@mui/material/ButtonBase';
import { useRef } from 'react';
import { bytes } from '../api/bytes';
import { Tree, TreeEntry } from '../api/wire';

const ICONS: Record<TreeEntry['type'], typeof FileIcon> = {
  directory: FolderIcon,
  file: FileIcon,
  symlink: LinkIcon,
  submodule: LinkIcon,
};

/** The entries of a directory; `..` leads up. */
export function TreeView({ tree, onGo }: { tree: Tree; onGo(path: string): void }) {
  const list = useRef<HTMLUListElement>(null);
  const parent = tree.path.split('/').slice(0, -1).join('/');
  const rows: { key: string; label: string; path: string; entry?: TreeEntry }[] = [
    ...(tree.path ? [{ key: '..', label: '..', path: parent }] : []),
    ...tree.entries.map(entry => ({ key: entry.path, label: entry.name, path: entry.path, entry })),
  ];
  const focus = (index: number) => list.current?.querySelectorAll('button')[index]?.focus();
  useKeyboardList(rows.length, { onMove: focus, onOpen: index => onGo(rows[index].path) });

  return (
    <>
      <Box
        component="ul"
        ref={list}
        aria-label={`Files in ${tree.path || 'the root'}`}
        sx={{
          listStyle: 'none',
          m: 0,
          p: 0,
          border: 1,
          borderColor: 'divider',
          borderRadius: 1,
          bgcolor: 'background.paper',
          overflow: 'hidden',
        }}
      >
        {rows.map(({ key, label, path, entry }, index) => {
          const Icon = ICONS[entry?.type ?? 'directory'];
          return (
            <Box component="li" key={key} sx={{ borderTop: index ? 1 : 0, borderColor: 'divider' }}>
              <ButtonBase
                disabled={entry?.type === 'submodule'}
                onClick={() => onGo(path)}
                sx={{
                  width: '100%',
                  height: ROW_HEIGHT,
                  px: 1.5,
                  gap: 1.25,
                  justifyContent: 'flex-start',
                  fontSize: 13,
                  '&:hover, &:focus-visible': { bgcolor: 'action.hover' },
                }}
              >
                <Icon
                  sx={{
                    fontSize: 18,
                    color: entry?.type === 'directory' || !entry ? 'primary.main' : 'text.secondary',
                  }}
                  titleAccess={entry?.type ?? 'directory'}
                />
                {label}
                {entry?.executable && (
                  <Box component="span" sx={{ color: 'text.secondary', fontSize: 12 }}>
                    executable
                  </Box>
                )}
                {entry?.type === 'submodule' && (
                  <Box component="span" sx={{ color: 'text.secondary', fontSize: 12 }}>
                    submodule at {entry.sha.slice(0, 8)}
                  </Box>
                )}
                <Box
                  component="span"
                  sx={{
                    ml: 'auto',
                    color: 'text.secondary',
                    fontSize: 12,
                    fontVariantNumeric: 'tabular-nums',
                  }}
                >
                  {entry?.size !== undefined && bytes(entry.size)}
                </Box>
              </ButtonBase>
            </Box>
          );
        })}
      </Box>
      {tree.truncated && (
        <Alert severity="info" sx={{ mt: 1 }}>
          This directory has more entries than can be shown; a clone has them all.
        </Alert>
      )}
    </>
  );
}
