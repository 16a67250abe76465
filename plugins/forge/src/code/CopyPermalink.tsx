import Button from '@mui/material/Button';
import { useState } from 'react';

/** Copies an address that will show the same for ever. */
export function CopyPermalink({ label, value }: { label: string; value: string }) {
  const [copied, setCopied] = useState('');
  const copy = () => navigator.clipboard.writeText(value).then(() => setCopied(value));
  return (
    <Button size="small" onClick={copy} aria-live="polite">
      {copied === value ? 'Copied' : label}
    </Button>
  );
}
