import { MONOSPACE, VirtualLines } from '@krate/plugin-control-plane-react';
import Box from '@mui/material/Box';
import { useTheme } from '@mui/material/styles';
import { useMemo } from 'react';
import { highlightLines, TextRun } from './highlightLines';
import { syntaxColors } from './syntaxColors';

/** The lines of a file, highlighted; of long files only those in view are drawn. */
export default function SourceLines({ text, path }: { text: string; path: string }) {
  const { palette } = useTheme();
  const lines = useMemo(() => highlightLines(text, path), [text, path]);
  return (
    <Box sx={{ fontFamily: MONOSPACE, fontSize: 12, lineHeight: '20px', ...syntaxColors(palette.mode) }}>
      <VirtualLines
        count={lines.length}
        estimate={20}
        label={`Lines of ${path}`}
        height="max(400px, calc(100vh - 220px))"
        renderLine={index => (
          <Box sx={{ display: 'flex', px: 1, '&:hover': { bgcolor: 'action.hover' } }}>
            <Box
              component="span"
              aria-hidden
              sx={{
                width: 52,
                flexShrink: 0,
                pr: 2,
                textAlign: 'right',
                color: 'text.secondary',
                userSelect: 'none',
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
