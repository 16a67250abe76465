import { CodeView, Facts, RelativeTime } from '@krate/plugin-control-plane-react';
import Typography from '@mui/material/Typography';
import { stringify } from 'yaml';
import { ActionRequest } from './actionRequest';

/** What would be done, exactly as the server keeps it: plain values as facts, the rest as YAML. */
export function Wanted({ request }: { request: ActionRequest }) {
  const { org: _, ...input } = request.input;
  const entries = Object.entries(input);
  const isPlain = (value: unknown) => typeof value !== 'object' || value === null;
  const nested = Object.fromEntries(entries.filter(([, value]) => !isPlain(value)));
  return (
    <>
      <Typography sx={{ mb: 2 }}>
        A program that uses your access wants to do this in <strong>{request.organization}</strong>. It cannot
        be taken back, so it waits for you.
      </Typography>
      <Facts
        facts={[
          ...entries
            .filter(([, value]) => isPlain(value))
            .map(([name, value]): [string, string] => [name, String(value)]),
          ['Expires', <RelativeTime key="expires" time={request.expiresAt} />],
        ]}
      />
      {Object.keys(nested).length > 0 && (
        <CodeView text={stringify(nested)} label="The rest of what is wanted" />
      )}
    </>
  );
}
