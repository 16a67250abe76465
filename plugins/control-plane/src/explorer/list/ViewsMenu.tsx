import { View } from '@krate/plugin-control-plane-common';
import {
  explorerPath,
  KindInfo,
  placeOf,
  useOrganization,
  useResourceList,
  useWhoAmI,
} from '@krate/plugin-control-plane-react';
import BookmarkIcon from '@mui/icons-material/BookmarkBorderOutlined';
import Button from '@mui/material/Button';
import Divider from '@mui/material/Divider';
import ListItemText from '@mui/material/ListItemText';
import Menu from '@mui/material/Menu';
import MenuItem from '@mui/material/MenuItem';
import { useState } from 'react';
import { Link as RouterLink } from 'react-router-dom';
import { ListState, sameList, stateOfView, ViewedList } from './ListState';
import { SaveViewDialog } from './SaveViewDialog';

const EVERYTHING: ListState = { query: '', labels: '', fields: [] };

/** Saved lists of this kind: choose one, save what is shown as one. */
export function ViewsMenu({
  kind,
  state,
  onChoose,
}: {
  kind: KindInfo;
  state: ListState;
  onChoose(state: ListState): void;
}) {
  const { organization } = useOrganization();
  const me = useWhoAmI();
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const [saving, setSaving] = useState(false);
  const { items } = useResourceList(View, {
    namespace: placeOf({}, organization),
    fieldSelector: `spec.kind=${kind.kind}`,
  });
  const offered = items.filter(({ spec }) => spec.visibility === 'shared' || spec.owner === me);
  const current = offered.find(({ metadata }) => metadata.name === state.view);
  const changed = current && !sameList(state, stateOfView(current.metadata.name, current.spec as ViewedList));
  const close = () => setAnchor(null);
  return (
    <>
      <Button
        size="small"
        color="inherit"
        startIcon={<BookmarkIcon />}
        aria-haspopup="menu"
        aria-expanded={Boolean(anchor)}
        onClick={event => setAnchor(event.currentTarget)}
        sx={{ height: 34, px: 1.25, maxWidth: 260, whiteSpace: 'nowrap' }}
      >
        {current ? `${current.spec.displayName}${changed ? ' (changed)' : ''}` : 'Views'}
      </Button>
      <Menu
        open={Boolean(anchor)}
        anchorEl={anchor}
        onClose={close}
        MenuListProps={{ dense: true, 'aria-label': 'Views' }}
        slotProps={{ paper: { sx: { minWidth: 260, maxWidth: 380, maxHeight: 420 } } }}
      >
        <MenuItem
          selected={!state.view && sameList(state, EVERYTHING)}
          onClick={() => {
            onChoose(EVERYTHING);
            close();
          }}
        >
          All {kind.plural}
        </MenuItem>
        {offered.map(view => (
          <MenuItem
            key={view.metadata.uid}
            selected={view === current}
            onClick={() => {
              onChoose(stateOfView(view.metadata.name, view.spec as ViewedList));
              close();
            }}
          >
            <ListItemText
              primary={view.spec.displayName}
              secondary={
                view.spec.owner === me ? visibilityWords(view.spec.visibility) : `By ${view.spec.owner}`
              }
            />
          </MenuItem>
        ))}
        <Divider />
        <MenuItem
          onClick={() => {
            setSaving(true);
            close();
          }}
        >
          Save this list…
        </MenuItem>
        {current && (
          <MenuItem
            component={RouterLink}
            to={explorerPath(organization, View.plural, current.metadata.name)}
          >
            Open the saved view
          </MenuItem>
        )}
      </Menu>
      <SaveViewDialog
        open={saving}
        kind={kind}
        state={state}
        current={current?.spec.owner === me ? current : undefined}
        onClose={() => setSaving(false)}
        onSaved={name => onChoose({ ...state, view: name })}
      />
    </>
  );
}

function visibilityWords(visibility: string | undefined): string {
  return visibility === 'shared' ? 'Yours, shared' : 'Yours';
}
