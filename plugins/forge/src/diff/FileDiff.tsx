import { DiffModeEnum, DiffView, SplitSide } from '@git-diff-view/react';
import '@git-diff-view/react/styles/diff-view-pure.css';
import Box from '@mui/material/Box';
import { useTheme } from '@mui/material/styles';
import { ReactNode, useMemo } from 'react';
import { ChangedFile } from '../api/wire';
import { syntaxColors } from '../code/syntaxColors';
import { DiffSide } from './lineComments';

export interface FileDiffProps {
  file: ChangedFile;
  /** The file's part of the unified diff. */
  patch: string;
  split: boolean;
  /** What is said below lines: by side, then line number. */
  notes?: Record<DiffSide, Record<number, ReactNode>>;
  /** The form that opens below a line; absent: lines cannot be commented on. */
  renderForm?(side: DiffSide, line: number, close: () => void): ReactNode;
}

const sideOf = (side: SplitSide): DiffSide => (side === SplitSide.old ? 'old' : 'new');
const dataOf = (notes: Record<number, ReactNode> = {}) =>
  Object.fromEntries(Object.entries(notes).map(([line, data]) => [line, { data }]));

/** The changed lines of one file. Load it with `lazy`: it brings the highlighter. */
export default function FileDiff({ file, patch, split, notes, renderForm }: FileDiffProps) {
  const { palette } = useTheme();
  const extension = /\.([^./]+)$/.exec(file.path)?.[1] ?? 'txt';
  const data = useMemo(
    () => ({
      oldFile: { fileName: file.oldPath ?? file.path, fileLang: extension },
      newFile: { fileName: file.path, fileLang: extension },
      hunks: [patch],
    }),
    [file, patch, extension],
  );
  const extendData = useMemo(() => ({ oldFile: dataOf(notes?.old), newFile: dataOf(notes?.new) }), [notes]);
  return (
    <Box
      // A diff scrolls sideways; a keyboard must be able to.
      tabIndex={0}
      role="region"
      aria-label={`Changes of ${file.path}`}
      sx={{ overflowX: 'auto', fontSize: 12, ...syntaxColors(palette.mode) }}
    >
      <DiffView<ReactNode>
        data={data}
        diffViewMode={split ? DiffModeEnum.Split : DiffModeEnum.Unified}
        diffViewTheme={palette.mode}
        diffViewHighlight
        diffViewWrap
        diffViewFontSize={12}
        diffViewAddWidget={Boolean(renderForm)}
        extendData={extendData}
        renderExtendLine={({ data: note }) => note}
        renderWidgetLine={({ side, lineNumber, onClose }) => renderForm?.(sideOf(side), lineNumber, onClose)}
      />
    </Box>
  );
}
