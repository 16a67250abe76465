import { MONOSPACE, RelativeTime, StatusChip } from '@krate/plugin-control-plane-react';
import ExpandIcon from '@mui/icons-material/ExpandMoreOutlined';
import Box from '@mui/material/Box';
import IconButton from '@mui/material/IconButton';
import Table from '@mui/material/Table';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import { Fragment, useState } from 'react';
import { AuditEvent } from './useAudit';

const OUTCOME_WORDS = { allowed: 'Succeeded', denied: 'Denied', failed: 'Failed' } as const;

/** The events; each opens to all that was recorded of it. */
export function AuditTable({ events }: { events: readonly AuditEvent[] }) {
  const [open, setOpen] = useState<number>();
  return (
    <Box sx={{ overflowX: 'auto' }}>
      <Table size="small" aria-label="Audit trail">
        <TableHead>
          <TableRow>
            {['When', 'Who', 'Verb', 'Object', 'Outcome'].map(title => (
              <TableCell key={title}>{title}</TableCell>
            ))}
            <TableCell align="right">Details</TableCell>
          </TableRow>
        </TableHead>
        <TableBody>
          {events.map(event => (
            <Fragment key={event.id}>
              <TableRow hover>
                <TableCell sx={{ whiteSpace: 'nowrap' }}>
                  <RelativeTime time={event.time} />
                </TableCell>
                <TableCell sx={{ maxWidth: 220, overflowWrap: 'anywhere' }}>{whoWords(event)}</TableCell>
                <TableCell>{event.action}</TableCell>
                <TableCell sx={{ maxWidth: 420, overflowWrap: 'anywhere' }}>{objectWords(event)}</TableCell>
                <TableCell>
                  <StatusChip status={OUTCOME_WORDS[event.outcome]} />
                </TableCell>
                <TableCell align="right" sx={{ py: 0 }}>
                  <IconButton
                    size="small"
                    aria-expanded={open === event.id}
                    aria-label={`Details of event ${event.id}`}
                    onClick={() => setOpen(open === event.id ? undefined : event.id)}
                  >
                    <ExpandIcon
                      fontSize="small"
                      sx={{ transform: open === event.id ? 'rotate(180deg)' : undefined }}
                    />
                  </IconButton>
                </TableCell>
              </TableRow>
              {open === event.id && (
                <TableRow>
                  <TableCell colSpan={6} sx={{ bgcolor: 'background.default' }}>
                    <Box
                      component="pre"
                      sx={{
                        m: 0,
                        fontFamily: MONOSPACE,
                        fontSize: 12,
                        whiteSpace: 'pre-wrap',
                        overflowWrap: 'anywhere',
                      }}
                    >
                      {JSON.stringify(event, null, 2)}
                    </Box>
                  </TableCell>
                </TableRow>
              )}
            </Fragment>
          ))}
        </TableBody>
      </Table>
    </Box>
  );
}

/** `Repository/krate-org-acme/web` as people read it: the kind and the name. */
export function objectWords({ resource, details }: AuditEvent): string {
  if (!resource) return typeof details?.holder === 'string' ? `of ${details.holder}` : '';
  const [kind, , ...name] = resource.split('/');
  return [kind, name.join('/')].filter(Boolean).join(' ');
}

/** A part of Krate is called by its part; everybody else by their name. */
export function whoWords({ principal }: AuditEvent): string {
  return principal.startsWith('system:krate:')
    ? `Krate (${principal.slice('system:krate:'.length)})`
    : principal;
}
