import { MONOSPACE, VirtualLines, VirtualLinesHandle } from '@krate/plugin-control-plane-react';
import Box from '@mui/material/Box';
import { useTheme } from '@mui/material/styles';
import { MouseEvent, useEffect, useMemo, useRef } from 'react';
import { BlameHunk } from '../api/wire';
import { BlameMark } from './BlameMark';
import { highlightLines, TextRun } from './highlightLines';
import { LineRange } from './lineRange';
import { syntaxColors } from './syntaxColors';

export interface SourceLinesProps {
  text: string;
  path: string;
  /** Lines that are pointed to; they are scrolled to when the file is opened. */
  range?: LineRange;
  onLine?(line: number, extend: boolean): void;
  /** Who last touched the lines, shown beside them. */
  blame?: readonly BlameHunk[];
  onCommit?(sha: string): void;
}

/** The lines of a file, highlighted; of long files only those in view are drawn. */
export default function SourceLines({ text, path, range, onLine, blame, onCommit }: SourceLinesProps) {
  const { palette } = useTheme();
  const lines = useMemo(() => highlightLines(text, path), [text, path]);
  const hunks = useMemo(() => new Map(blame?.map(hunk => [hunk.line, hunk])), [blame]);
  const list = useRef<VirtualLinesHandle>(null);
  const opened = useRef(range?.first);
  useEffect(() => {
    // Only where the address led; a click in the file must not move it.
    if (opened.current) list.current?.scrollTo(Math.min(opened.current, lines.length) - 1, 'center');
  }, [lines]);
  const isMarked = (line: number) => range !== undefined && line >= range.first && line <= range.last;
  const onClick = (line: number) => (event: MouseEvent) => onLine?.(line, event.shiftKey);
  return (
    <Box sx={{ fontFamily: MONOSPACE, fontSize: 12, lineHeight: '20px', ...syntaxColors(palette.mode) }}>
      <VirtualLines
        ref={list}
        count={lines.length}
        estimate={20}
        label={`Lines of ${path}`}
        height="max(400px, calc(100vh - 220px))"
        renderLine={index => (
          <Box
            data-line={index + 1}
            sx={{
              display: 'flex',
              pr: 1,
              bgcolor: isMarked(index + 1) ? 'action.selected' : undefined,
              '&:hover': { bgcolor: 'action.hover' },
            }}
          >
            {blame && <BlameMark hunk={hunks.get(index + 1)} onCommit={onCommit} />}
            <Box
              component="button"
              type="button"
              aria-label={`Line ${index + 1}`}
              aria-pressed={isMarked(index + 1)}
              onClick={onClick(index + 1)}
              sx={{
                all: 'unset',
                cursor: 'pointer',
                alignSelf: 'flex-start',
                width: 52,
                flexShrink: 0,
                pr: 2,
                textAlign: 'right',
                color: 'text.secondary',
                userSelect: 'none',
                '&:focus-visible': { outline: '2px solid', outlineColor: 'primary.main', outlineOffset: -2 },
              }}
            >
              {index + 1}
            </Box>
            <Box component="span" sx={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere', minWidth: 0 }}>
              {lines[index].map((run: TextRun, at: number) => (
                <span key={at} className={run.className}>
                  {run.text}
                </span>
              ))}
              {lines[index].length === 0 && ' '}
            </Box>
          </Box>
        )}
      />
    </Box>
  );
}
