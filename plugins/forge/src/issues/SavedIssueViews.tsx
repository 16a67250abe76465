import { useApi } from '@backstage/core-plugin-api';
import { View } from '@krate/plugin-control-plane-common';
import { FormDialog, krateApiRef, useResourceList, useWhoAmI } from '@krate/plugin-control-plane-react';
import BookmarkIcon from '@mui/icons-material/BookmarkBorderOutlined';
import Button from '@mui/material/Button';
import Checkbox from '@mui/material/Checkbox';
import Divider from '@mui/material/Divider';
import FormControlLabel from '@mui/material/FormControlLabel';
import Menu from '@mui/material/Menu';
import MenuItem from '@mui/material/MenuItem';
import TextField from '@mui/material/TextField';
import { useState } from 'react';
import { IssueFilter } from './issueFilters';

/** Filters that somebody kept, as Views that kubectl can apply; and the way to keep this one. */
export function SavedIssueViews({
  namespace,
  filter,
  onChoose,
}: {
  namespace: string;
  filter: IssueFilter;
  onChoose(filter: IssueFilter): void;
}) {
  const api = useApi(krateApiRef);
  const me = useWhoAmI();
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const [saving, setSaving] = useState(false);
  const [name, setName] = useState('');
  const [shared, setShared] = useState(false);
  const { items } = useResourceList(View, { namespace, fieldSelector: 'spec.kind=Issue' });
  const offered = items.filter(({ spec }) => spec.visibility === 'shared' || spec.owner === me);

  const save = async () => {
    await api.create(View, namespace, {
      metadata: { generateName: 'issues-', namespace },
      spec: {
        displayName: name.trim(),
        kind: 'Issue',
        selector: { fields: filter },
        visibility: shared ? 'shared' : 'private',
      },
    });
    setSaving(false);
    setName('');
  };
  return (
    <>
      <Button
        size="small"
        color="inherit"
        startIcon={<BookmarkIcon />}
        aria-haspopup="menu"
        aria-expanded={Boolean(anchor)}
        onClick={event => setAnchor(event.currentTarget)}
      >
        Views
      </Button>
      <Menu
        open={Boolean(anchor)}
        anchorEl={anchor}
        onClose={() => setAnchor(null)}
        MenuListProps={{ dense: true, 'aria-label': 'Views' }}
      >
        {offered.map(({ metadata, spec }) => (
          <MenuItem
            key={metadata.uid}
            onClick={() => {
              onChoose(spec.selector.fields);
              setAnchor(null);
            }}
          >
            {spec.displayName}
          </MenuItem>
        ))}
        {offered.length > 0 && <Divider />}
        <MenuItem
          onClick={() => {
            setAnchor(null);
            setSaving(true);
          }}
        >
          Save this filter…
        </MenuItem>
      </Menu>
      <FormDialog
        open={saving}
        title="Save this filter"
        action="Save"
        failure="The filter was not saved"
        ready={name.trim() !== ''}
        onSubmit={save}
        onClose={() => setSaving(false)}
      >
        <TextField
          size="small"
          label="Name"
          value={name}
          onChange={event => setName(event.target.value)}
          helperText="It becomes a View, which kubectl can read and apply."
        />
        <FormControlLabel
          control={<Checkbox checked={shared} onChange={event => setShared(event.target.checked)} />}
          label="Offer it to everyone in the organization"
        />
      </FormDialog>
    </>
  );
}
