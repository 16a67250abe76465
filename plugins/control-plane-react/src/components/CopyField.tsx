import CheckIcon from '@mui/icons-material/CheckOutlined';
import CopyIcon from '@mui/icons-material/ContentCopyOutlined';
import Box from '@mui/material/Box';
import IconButton from '@mui/material/IconButton';
import Tooltip from '@mui/material/Tooltip';
import { useEffect, useState } from 'react';
import { MONOSPACE } from './tokens';
import { visuallyHidden } from './visuallyHidden';

/** An exact identity, address or command in monospace, with a button that copies it. */
export function CopyField({
  value,
  label,
  boxed = false,
}: {
  value: string;
  label: string;
  boxed?: boolean;
}) {
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return undefined;
    const timer = setTimeout(() => setCopied(false), 1500);
    return () => clearTimeout(timer);
  }, [copied]);
  const copy = () => navigator.clipboard.writeText(value).then(() => setCopied(true));

  return (
    <Box
      component="span"
      sx={{
        position: 'relative',
        display: boxed ? 'flex' : 'inline-flex',
        alignItems: 'center',
        gap: 0.5,
        minWidth: 0,
        maxWidth: '100%',
        ...(boxed && {
          border: 1,
          borderColor: 'divider',
          borderRadius: 1,
          pl: 1.25,
          pr: 0.25,
          bgcolor: 'background.default',
        }),
      }}
    >
      <Box
        component="code"
        title={value}
        sx={{
          flex: 1,
          minWidth: 0,
          overflow: 'hidden',
          textOverflow: 'ellipsis',
          whiteSpace: 'nowrap',
          fontFamily: MONOSPACE,
          fontSize: 12,
        }}
      >
        {value}
      </Box>
      <Tooltip title={copied ? 'Copied' : `Copy ${label}`}>
        <IconButton size="small" aria-label={`Copy ${label}`} onClick={copy}>
          {copied ? <CheckIcon sx={{ fontSize: 15 }} color="success" /> : <CopyIcon sx={{ fontSize: 15 }} />}
        </IconButton>
      </Tooltip>
      <Box component="span" role="status" sx={visuallyHidden}>
        {copied ? `Copied ${label}` : ''}
      </Box>
    </Box>
  );
}
