import { visuallyHidden } from '@krate/plugin-control-plane-react';
import CheckIcon from '@mui/icons-material/CheckOutlined';
import CopyIcon from '@mui/icons-material/ContentCopyOutlined';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { ReactNode, useEffect, useState } from 'react';

/** Copies a text and says so. */
export function CopyButton({ text, what, children }: { text: string; what: string; children: ReactNode }) {
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return undefined;
    const timer = setTimeout(() => setCopied(false), 1500);
    return () => clearTimeout(timer);
  }, [copied]);
  return (
    <>
      <Button
        size="small"
        color="inherit"
        startIcon={copied ? <CheckIcon /> : <CopyIcon />}
        onClick={() => navigator.clipboard.writeText(text).then(() => setCopied(true))}
      >
        {children}
      </Button>
      <Box component="span" role="status" sx={visuallyHidden}>
        {copied ? `Copied ${what}` : ''}
      </Box>
    </>
  );
}
