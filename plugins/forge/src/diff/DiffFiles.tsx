import { EmptyState, SkeletonRows, useKeyBindings } from '@krate/plugin-control-plane-react';
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import ToggleButton from '@mui/material/ToggleButton';
import ToggleButtonGroup from '@mui/material/ToggleButtonGroup';
import Typography from '@mui/material/Typography';
import useMediaQuery from '@mui/material/useMediaQuery';
import { lazy, ReactNode, Suspense, useMemo, useRef, useState } from 'react';
import { ChangedFile, Diff } from '../api/wire';
import { FileHeader } from './FileHeader';
import { FileIndex } from './FileIndex';
import { DiffSide } from './lineComments';
import { splitDiff } from './splitDiff';

const FileDiff = lazy(() => import('./FileDiff'));
const MODE = 'krate.diff-mode';
/** Files with more changed lines open on demand. */
const LARGE = 1500;

export interface DiffFilesProps {
  diff: Diff;
  notesOf?(path: string): Record<DiffSide, Record<number, ReactNode>> | undefined;
  renderForm?(path: string, side: DiffSide, line: number, close: () => void): ReactNode;
}

/** Every changed file with its lines: j and k move from file to file. */
export function DiffFiles({ diff, notesOf, renderForm }: DiffFilesProps) {
  const wide = useMediaQuery('(min-width: 1200px)');
  const [mode, setMode] = useState(() => window.localStorage.getItem(MODE) ?? 'unified');
  const [current, setCurrent] = useState(0);
  const list = useRef<HTMLDivElement>(null);
  const patches = useMemo(() => splitDiff(diff.diff), [diff.diff]);

  const goTo = (index: number) => {
    const target = Math.max(0, Math.min(diff.files.length - 1, index));
    setCurrent(target);
    const element = list.current?.querySelectorAll<HTMLElement>('[data-file]')[target];
    element?.scrollIntoView({ block: 'start' });
    element?.focus({ preventScroll: true });
  };
  useKeyBindings([
    { key: 'j', description: 'Next file', run: () => goTo(current + 1) },
    { key: 'k', description: 'Previous file', run: () => goTo(current - 1) },
  ]);
  if (diff.files.length === 0)
    return <EmptyState title="Nothing changed">The two commits have the same files.</EmptyState>;

  const additions = diff.files.reduce((sum, file) => sum + file.additions, 0);
  const deletions = diff.files.reduce((sum, file) => sum + file.deletions, 0);
  return (
    <Box
      sx={{
        display: 'grid',
        gap: 2,
        gridTemplateColumns: wide ? '260px minmax(0, 1fr)' : 'minmax(0, 1fr)',
        alignItems: 'start',
      }}
    >
      {wide && <FileIndex files={diff.files} current={current} onGo={goTo} />}
      <Box ref={list} sx={{ display: 'grid', gap: 2, minWidth: 0 }}>
        <Box sx={{ display: 'flex', alignItems: 'center', gap: 2 }}>
          <Typography variant="body2">
            {diff.files.length} {diff.files.length === 1 ? 'file' : 'files'} changed, {additions} added and{' '}
            {deletions} deleted lines
          </Typography>
          <ToggleButtonGroup
            size="small"
            exclusive
            value={mode}
            aria-label="Layout of the changes"
            sx={{ ml: 'auto' }}
            onChange={(_, value: string | null) => {
              if (!value) return;
              setMode(value);
              window.localStorage.setItem(MODE, value);
            }}
          >
            <ToggleButton value="unified" sx={{ py: 0.25 }}>
              Unified
            </ToggleButton>
            <ToggleButton value="split" sx={{ py: 0.25 }}>
              Split
            </ToggleButton>
          </ToggleButtonGroup>
        </Box>
        {diff.truncated && (
          <Alert severity="warning">There is more than can be shown here. A clone has all of it.</Alert>
        )}
        {diff.files.map(file => (
          <FileChange
            key={file.path}
            file={file}
            patch={patches.get(file.path)}
            split={mode === 'split'}
            notes={notesOf?.(file.path)}
            renderForm={renderForm && ((side, line, close) => renderForm(file.path, side, line, close))}
          />
        ))}
      </Box>
    </Box>
  );
}

interface FileChangeProps {
  file: ChangedFile;
  patch: string | undefined;
  split: boolean;
  notes?: Record<DiffSide, Record<number, ReactNode>>;
  renderForm?(side: DiffSide, line: number, close: () => void): ReactNode;
}

function FileChange({ file, patch, split, notes, renderForm }: FileChangeProps) {
  const [open, setOpen] = useState(file.additions + file.deletions <= LARGE);
  const hasLines = patch?.includes('\n@@ ');
  return (
    <Box
      data-file
      tabIndex={-1}
      component="section"
      aria-label={file.path}
      sx={{
        border: 1,
        borderColor: 'divider',
        borderRadius: 1,
        bgcolor: 'background.paper',
        minWidth: 0,
        contentVisibility: 'auto',
        containIntrinsicSize: 'auto 240px',
        '&:focus': { outline: '2px solid', outlineColor: 'primary.main' },
      }}
    >
      <FileHeader file={file} open={open} onToggle={() => setOpen(!open)} />
      {open && hasLines && (
        <Suspense fallback={<SkeletonRows rows={4} height={20} />}>
          <FileDiff file={file} patch={patch!} split={split} notes={notes} renderForm={renderForm} />
        </Suspense>
      )}
      {open && !hasLines && (
        <Typography variant="body2" color="text.secondary" sx={{ p: 2 }}>
          {whyNoLines(file, patch)}
        </Typography>
      )}
    </Box>
  );
}

function whyNoLines(file: ChangedFile, patch: string | undefined): string {
  if (file.binary) return 'A binary file; its change is not text.';
  if (patch === undefined) return 'Too much to show here; a clone has it.';
  if (file.status === 'renamed' || file.status === 'copied')
    return `Content unchanged; it was ${file.oldPath}.`;
  return 'No line changed: the file is empty, or only its mode differs.';
}
