import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Typography from '@mui/material/Typography';
import { ReactNode, useEffect, useRef, useState } from 'react';
import { StreamLines } from '../hooks/useStream';
import { Problem } from '../components/Problem';
import { SkeletonRows } from '../components/SkeletonRows';
import { MONOSPACE } from '../components/tokens';
import { stripAnsi } from './stripAnsi';
import { VirtualLines, VirtualLinesHandle } from './VirtualLines';

export interface LogViewProps {
  stream: StreamLines;
  /** What is being read, for screen readers: “Log of job test”. */
  label: string;
  /** Said while there is no line yet. */
  empty?: ReactNode;
  /** CSS length. */
  height?: string;
  /** Draws a line in its own way (a transcript's event); plain monospace text by default. */
  renderLine?(line: string, index: number): ReactNode;
  /** A line (from 0) to bring into view: where a step starts, where a failure is. Each new object jumps, also to the same line. */
  jumpTo?: { line: number };
}

/** A log or transcript: virtual, long lines wrapped, following the end until the reader scrolls away from it. */
export function LogView({
  stream,
  label,
  empty,
  height = '60vh',
  renderLine = plainLine,
  jumpTo,
}: LogViewProps) {
  const { lines, sealed, loading, error } = stream;
  const [follow, setFollow] = useState(true);
  const handle = useRef<VirtualLinesHandle>(null);

  useEffect(() => {
    if (follow && lines.length > 0 && !sealed) handle.current?.scrollTo(lines.length - 1, 'end');
  }, [follow, sealed, lines.length]);
  useEffect(() => {
    if (!jumpTo) return;
    setFollow(false);
    handle.current?.scrollTo(jumpTo.line, 'start');
  }, [jumpTo]);

  if (error && lines.length === 0) return <Problem error={error} title="The log could not be read" />;
  if (loading) return <SkeletonRows rows={8} height={20} />;
  return (
    <Box
      sx={{
        border: 1,
        borderColor: 'divider',
        borderRadius: 1,
        bgcolor: 'background.default',
        position: 'relative',
      }}
    >
      {error && <Problem error={error} title="The log ended early" />}
      {lines.length === 0 ? (
        <Typography variant="body2" color="text.secondary" sx={{ p: 2 }}>
          {empty ?? (sealed ? 'Nothing was written.' : 'Nothing was written yet.')}
        </Typography>
      ) : (
        <VirtualLines
          ref={handle}
          count={lines.length}
          label={label}
          height={height}
          onAtEnd={setFollow}
          renderLine={index => renderLine(lines[index], index)}
        />
      )}
      <Box
        sx={{
          display: 'flex',
          alignItems: 'center',
          px: 1.5,
          minHeight: 32,
          borderTop: 1,
          borderColor: 'divider',
        }}
      >
        <Typography variant="caption" color="text.secondary" role="status">
          {lines.length.toLocaleString('en')} {lines.length === 1 ? 'line' : 'lines'} ·{' '}
          {sealed ? 'complete' : 'live'}
        </Typography>
        {!follow && lines.length > 0 && (
          <Button
            size="small"
            sx={{ ml: 'auto' }}
            onClick={() => {
              setFollow(true);
              handle.current?.scrollTo(lines.length - 1, 'end');
            }}
          >
            {sealed ? 'To the end' : 'Follow'}
          </Button>
        )}
      </Box>
    </Box>
  );
}

function plainLine(line: string, index: number): ReactNode {
  return (
    <Box sx={{ display: 'flex', fontFamily: MONOSPACE, fontSize: 12, lineHeight: '18px', px: 1.5 }}>
      <Box
        component="span"
        aria-hidden
        sx={{
          width: 48,
          flexShrink: 0,
          pr: 1.5,
          textAlign: 'right',
          color: 'text.secondary',
          userSelect: 'none',
        }}
      >
        {index + 1}
      </Box>
      <Box component="span" sx={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere', minWidth: 0 }}>
        {stripAnsi(line) || ' '}
      </Box>
    </Box>
  );
}
