import { useApi } from '@backstage/core-plugin-api';
import { krateApiRef, useUndo } from '@krate/plugin-control-plane-react';
import Button from '@mui/material/Button';
import Menu from '@mui/material/Menu';
import MenuItem from '@mui/material/MenuItem';
import { useState } from 'react';

/** Saves all events that match as a file. */
export function ExportButton({ organization, parameters }: { organization: string; parameters: string }) {
  const api = useApi(krateApiRef);
  const { announce, bar } = useUndo();
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const save = async (format: 'csv' | 'json') => {
    setAnchor(null);
    try {
      // Not a plain link: the request carries the reader's credentials in a header.
      const response = await api.request(`audit/export?${parameters}&format=${format}`);
      const address = URL.createObjectURL(await response.blob());
      const link = document.createElement('a');
      link.href = address;
      link.download = `audit-${organization}.${format}`;
      link.click();
      URL.revokeObjectURL(address);
    } catch (error) {
      announce({ message: `The export failed: ${(error as Error).message}` });
    }
  };
  return (
    <>
      <Button variant="outlined" aria-haspopup="menu" onClick={event => setAnchor(event.currentTarget)}>
        Export
      </Button>
      <Menu anchorEl={anchor} open={Boolean(anchor)} onClose={() => setAnchor(null)}>
        <MenuItem onClick={() => save('csv')}>As CSV, for a spreadsheet</MenuItem>
        <MenuItem onClick={() => save('json')}>As JSON, for a program</MenuItem>
      </Menu>
      {bar}
    </>
  );
}
