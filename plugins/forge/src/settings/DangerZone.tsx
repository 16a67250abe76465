import { useApi } from '@backstage/core-plugin-api';
import {
  AccessButton,
  ConfirmByName,
  FormDialog,
  krateApiRef,
  Problem,
  Section,
  useAccess,
} from '@krate/plugin-control-plane-react';
import { Repository } from '@krate/plugin-forge-common';
import Box from '@mui/material/Box';
import TextField from '@mui/material/TextField';
import { ReactNode, useState } from 'react';

/** What changes how everybody reaches a repository: its name, whether it takes changes, and its end. */
export function DangerZone({ repository: { metadata, spec } }: { repository: Repository }) {
  const api = useApi(krateApiRef);
  const { namespace, name } = metadata;
  const title = spec.renamedTo ?? name;
  const change = useAccess('update', Repository, namespace, name);
  const removal = useAccess('delete', Repository, namespace, name);
  const [dialog, setDialog] = useState<'rename' | 'delete'>();
  const [newName, setNewName] = useState('');
  const [error, setError] = useState<Error>();
  const patch = (fields: Record<string, unknown>) => api.patch(Repository, namespace, name, { spec: fields });
  const now = (fields: Record<string, unknown>) => () => {
    setError(undefined);
    patch(fields).catch(setError);
  };
  const close = () => setDialog(undefined);
  return (
    <Section title="Danger zone">
      <Box sx={{ display: 'grid', gap: 2 }}>
        {error && <Problem error={error} title="It was not changed" />}
        <Act words="Give it another name. Every earlier name keeps leading to it, for git and in addresses.">
          <AccessButton
            access={change}
            permission={`rename ${title}`}
            variant="outlined"
            onClick={() => setDialog('rename')}
          >
            Rename
          </AccessButton>
        </Act>
        <Act
          words={
            spec.archived
              ? 'It is archived. Opened again, it takes pushes and pull requests as before.'
              : 'Archive it: it can be read and cloned, and takes no push, no pull request and no issue.'
          }
        >
          <AccessButton
            access={change}
            permission={`archive ${title}`}
            variant="outlined"
            onClick={now({ archived: !spec.archived })}
          >
            {spec.archived ? 'Open again' : 'Archive'}
          </AccessButton>
        </Act>
        {spec.deletion ? (
          <Act words="It is deleted, and can still be restored as it was.">
            <AccessButton
              access={removal}
              permission={`restore ${title}`}
              variant="contained"
              onClick={now({ deletion: null })}
            >
              Restore
            </AccessButton>
          </Act>
        ) : (
          <Act words="Delete it: it is closed to everybody at once, and destroyed after seven days.">
            <AccessButton
              access={removal}
              permission={`delete ${title}`}
              variant="outlined"
              color="error"
              onClick={() => setDialog('delete')}
            >
              Delete
            </AccessButton>
          </Act>
        )}
      </Box>
      <FormDialog
        open={dialog === 'rename'}
        title={`Rename ${title}`}
        action="Rename"
        failure="It was not renamed"
        ready={newName !== '' && newName !== title}
        onSubmit={async () => {
          await patch({ renamedTo: newName === name ? null : newName });
          close();
        }}
        onClose={close}
      >
        <TextField
          required
          label="New name"
          value={newName}
          onChange={event => setNewName(event.target.value)}
          helperText="Lower-case letters, digits and dashes. Its identity for kubectl stays."
          inputProps={{ pattern: '[a-z0-9]([a-z0-9.\\-]*[a-z0-9])?', maxLength: 100 }}
        />
      </FormDialog>
      <ConfirmByName
        open={dialog === 'delete'}
        name={title}
        title={`Delete ${title}`}
        action="Delete repository"
        onConfirm={async () => {
          await patch({ deletion: {} });
        }}
        onClose={close}
      >
        Its code, pull requests, issues and runs are closed to everybody at once. For seven days it can be
        restored here; then they are destroyed.
      </ConfirmByName>
    </Section>
  );
}

function Act({ words, children }: { words: string; children: ReactNode }) {
  return (
    <Box sx={{ display: 'flex', gap: 2, alignItems: 'center', flexWrap: 'wrap' }}>
      <Box sx={{ flex: 1, minWidth: 240, fontSize: 13 }}>{words}</Box>
      {children}
    </Box>
  );
}
