import { useApi } from '@backstage/core-plugin-api';
import { krateApiRef, useRepository } from '@krate/plugin-control-plane-react';
import Button from '@mui/material/Button';
import { useState } from 'react';
import { forgePath } from '../api/useForge';

/** Saves what a forge route answers as a file, with the reader's own rights. */
export function DownloadButton({
  route,
  query,
  fileName,
  children,
}: {
  route: string;
  query: Record<string, string>;
  fileName: string;
  /** The words on the button. */
  children: string;
}) {
  const api = useApi(krateApiRef);
  const { organization, repository } = useRepository();
  const [state, setState] = useState<'idle' | 'busy' | 'failed'>('idle');
  const save = async () => {
    setState('busy');
    try {
      const response = await api.request(forgePath(organization, repository, route, query));
      const address = URL.createObjectURL(await response.blob());
      const link = document.createElement('a');
      link.href = address;
      link.download = fileName;
      link.click();
      URL.revokeObjectURL(address);
      setState('idle');
    } catch {
      setState('failed');
    }
  };
  return (
    <Button
      size="small"
      disabled={state === 'busy'}
      onClick={save}
      color={state === 'failed' ? 'error' : 'primary'}
    >
      {state === 'failed' ? `${children} failed; again` : children}
    </Button>
  );
}
