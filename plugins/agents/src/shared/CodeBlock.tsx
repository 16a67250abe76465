import { MONOSPACE } from '@krate/plugin-control-plane-react';
import Box from '@mui/material/Box';

export interface CodeBlockProps {
  text: string;
  /** What is shown, for screen readers. */
  label: string;
  /** Pixels before it scrolls; printed it is whole. */
  maxHeight?: number;
  /** Draws no frame of its own. */
  bare?: boolean;
}

/** Text as a program wrote or will read it: monospace, wrapped, scrollable by keyboard. */
export function CodeBlock({ text, label, maxHeight, bare = false }: CodeBlockProps) {
  return (
    <Box
      component="pre"
      role="group"
      aria-label={label}
      tabIndex={maxHeight ? 0 : undefined}
      sx={{
        m: 0,
        px: 1.5,
        py: 1,
        maxHeight,
        overflow: maxHeight ? 'auto' : undefined,
        fontFamily: MONOSPACE,
        fontSize: 12,
        lineHeight: '18px',
        whiteSpace: 'pre-wrap',
        overflowWrap: 'anywhere',
        bgcolor: 'background.default',
        ...(!bare && { border: 1, borderColor: 'divider', borderRadius: 1 }),
        '@media print': { maxHeight: 'none' },
      }}
    >
      {text}
    </Box>
  );
}
