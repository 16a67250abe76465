import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Typography from '@mui/material/Typography';
import { useState } from 'react';
import { CodeBlock } from './CodeBlock';

/** YAML that mends something when it is applied, to be copied. */
export function Manifest({ yaml }: { yaml: string }) {
  const [copied, setCopied] = useState(false);
  return (
    <Box sx={{ mt: 1, border: 1, borderColor: 'divider', borderRadius: 1, overflow: 'hidden' }}>
      <Box sx={{ display: 'flex', alignItems: 'center', px: 1.5, minHeight: 36, bgcolor: 'action.hover' }}>
        <Typography variant="caption">
          This mends it: fill in what is in <code>&lt;…&gt;</code> and run <code>kubectl apply -f -</code>
        </Typography>
        <Button
          size="small"
          sx={{ ml: 'auto' }}
          onClick={() => navigator.clipboard.writeText(yaml).then(() => setCopied(true))}
        >
          {copied ? 'Copied' : 'Copy YAML'}
        </Button>
      </Box>
      <CodeBlock text={yaml} label="Manifest" bare />
    </Box>
  );
}
