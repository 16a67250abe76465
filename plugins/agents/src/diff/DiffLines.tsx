import { visuallyHidden } from '@krate/plugin-control-plane-react';
import { MONOSPACE } from '@krate/plugin-control-plane-react';
import Box from '@mui/material/Box';
import { alpha, Theme } from '@mui/material/styles';
import { DiffPart } from './lineDiff';

const SIGN = { same: ' ', added: '+', removed: '-' } as const;

const tint = (kind: DiffPart['kind']) => (theme: Theme) => {
  if (kind === 'added') return alpha(theme.palette.success.main, theme.palette.mode === 'dark' ? 0.16 : 0.1);
  if (kind === 'removed') return alpha(theme.palette.error.main, theme.palette.mode === 'dark' ? 0.16 : 0.1);
  return 'transparent';
};

/** A change, line by line: signs as well as colours say what was added and removed. */
export function DiffLines({ parts, label }: { parts: readonly DiffPart[]; label: string }) {
  return (
    <Box
      role="figure"
      aria-label={label}
      tabIndex={0}
      sx={{ overflowX: 'auto', fontFamily: MONOSPACE, fontSize: 12, lineHeight: '18px' }}
    >
      <Box sx={{ width: 'max-content', minWidth: '100%' }}>
        {parts.map((part, index) =>
          part.kind === 'gap' ? (
            <Box key={index} sx={{ px: 1.5, color: 'text.secondary', bgcolor: 'action.hover' }}>
              {part.lines} unchanged {part.lines === 1 ? 'line' : 'lines'}
            </Box>
          ) : (
            <Box key={index} sx={{ display: 'flex', bgcolor: tint(part.kind) }}>
              <LineNumber number={part.old} />
              <LineNumber number={part.new} />
              <Box
                component="span"
                aria-hidden
                sx={{ width: 20, textAlign: 'center', flexShrink: 0, userSelect: 'none' }}
              >
                {SIGN[part.kind]}
              </Box>
              {part.kind !== 'same' && (
                <Box component="span" sx={visuallyHidden}>
                  {part.kind}:
                </Box>
              )}
              <Box component="span" sx={{ whiteSpace: 'pre', pr: 2 }}>
                {part.text || ' '}
              </Box>
            </Box>
          ),
        )}
      </Box>
    </Box>
  );
}

function LineNumber({ number }: { number?: number }) {
  return (
    <Box
      component="span"
      aria-hidden
      sx={{
        width: 40,
        pr: 1,
        flexShrink: 0,
        textAlign: 'right',
        color: 'text.secondary',
        userSelect: 'none',
      }}
    >
      {number}
    </Box>
  );
}
