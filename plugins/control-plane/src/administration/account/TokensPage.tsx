import { useApi } from '@backstage/core-plugin-api';
import {
  ConfirmByName,
  EmptyState,
  krateApiRef,
  Problem,
  RelativeTime,
  Section,
  SkeletonRows,
} from '@krate/plugin-control-plane-react';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Table from '@mui/material/Table';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import { useState } from 'react';
import { AccountFrame } from './AccountFrame';
import { MakeTokenDialog } from './MakeTokenDialog';
import { ListedToken, useTokens } from './useTokens';

/** The reader's access tokens and sessions: made, shown once, listed with their last use, revoked. */
export function TokensPage() {
  const api = useApi(krateApiRef);
  const { tokens, error, reload } = useTokens();
  const [making, setMaking] = useState(false);
  const [revoking, setRevoking] = useState<ListedToken>();
  const revoke = async () => {
    await api.request(`tokens/${revoking!.id}`, { method: 'DELETE' });
    reload();
  };
  const make = (
    <Button variant="contained" onClick={() => setMaking(true)}>
      Make a token
    </Button>
  );
  const access = tokens?.items.filter(({ purpose }) => purpose === 'access') ?? [];
  const sessions = tokens?.items.filter(({ purpose }) => purpose !== 'access') ?? [];
  return (
    <AccountFrame tab="tokens" action={make}>
      {error && <Problem error={error} title="Your tokens could not be read" onRetry={reload} />}
      <Box sx={{ display: 'grid', gap: 2 }}>
        {(tokens || !error) && (
          <Section title="Access tokens" flush>
            {!tokens && <SkeletonRows rows={3} />}
            {tokens && access.length === 0 && (
              <EmptyState title="You have no access token" action={make}>
                <code>krate login</code> makes one for a terminal; make one here for a pipeline or for git.
              </EmptyState>
            )}
            {access.length > 0 && <TokenTable label="Access tokens" tokens={access} onRevoke={setRevoking} />}
          </Section>
        )}
        {sessions.length > 0 && (
          <Section title="Browsers and sign-in links" flush>
            <TokenTable label="Browsers and sign-in links" tokens={sessions} onRevoke={setRevoking} />
          </Section>
        )}
      </Box>
      {tokens && (
        <MakeTokenDialog
          open={making}
          lifetimes={tokens.lifetimes}
          onMade={reload}
          onClose={() => setMaking(false)}
        />
      )}
      <ConfirmByName
        open={revoking !== undefined}
        name={revoking?.purpose === 'access' ? revoking.description : 'revoke'}
        title={`Revoke ${revoking && nameOf(revoking)}`}
        action="Revoke"
        onClose={() => setRevoking(undefined)}
        onConfirm={revoke}
      >
        Whatever signs in with it is refused from now on. This cannot be undone; a new token can be made.
      </ConfirmByName>
    </AccountFrame>
  );
}

/** What a token may, in words. */
export function limitsInWords({ readOnly, organizations }: ListedToken): string {
  return `${readOnly ? 'Reads' : 'Reads and writes'}${organizations ? `, in ${organizations.join(', ')} only` : ''}`;
}

/** A session says which browser it is in; of that long text people want two words. */
export function nameOf({ purpose, description }: ListedToken): string {
  if (purpose !== 'session') return description;
  const browser = /(Firefox|Edg|OPR|HeadlessChrome|Chrome|Safari)/.exec(description)?.[1] ?? 'A browser';
  const system = /(Windows|Mac OS X|Android|iPhone|Linux)/.exec(description)?.[1];
  const known: Record<string, string> = { Edg: 'Edge', OPR: 'Opera', HeadlessChrome: 'Chrome' };
  return `${known[browser] ?? browser}${system ? ` on ${system}` : ''}`;
}

function TokenTable({
  label,
  tokens,
  onRevoke,
}: {
  label: string;
  tokens: readonly ListedToken[];
  onRevoke(token: ListedToken): void;
}) {
  return (
    <Box sx={{ overflowX: 'auto' }}>
      <Table size="small" aria-label={label}>
        <TableHead>
          <TableRow>
            {['Name', 'May', 'Last used', 'Made', 'Ends'].map(title => (
              <TableCell key={title}>{title}</TableCell>
            ))}
            <TableCell align="right">Actions</TableCell>
          </TableRow>
        </TableHead>
        <TableBody>
          {tokens.map(token => (
            <TableRow key={token.id} hover>
              <TableCell component="th" scope="row" sx={{ maxWidth: 320, overflowWrap: 'anywhere' }}>
                {nameOf(token)}
              </TableCell>
              <TableCell>{limitsInWords(token)}</TableCell>
              <TableCell>{token.lastUsedAt ? <RelativeTime time={token.lastUsedAt} /> : 'never'}</TableCell>
              <TableCell>
                <RelativeTime time={token.createdAt} />
              </TableCell>
              <TableCell>{token.expiresAt ? <RelativeTime time={token.expiresAt} /> : 'never'}</TableCell>
              <TableCell align="right">
                <Button size="small" onClick={() => onRevoke(token)} aria-label={`Revoke ${nameOf(token)}`}>
                  Revoke
                </Button>
              </TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </Box>
  );
}
