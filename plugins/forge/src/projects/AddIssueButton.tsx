import { useApi } from '@backstage/core-plugin-api';
import { AccessButton, FormDialog, krateApiRef, useAccess } from '@krate/plugin-control-plane-react';
import { Issue, KrateProject } from '@krate/plugin-forge-common';
import MenuItem from '@mui/material/MenuItem';
import TextField from '@mui/material/TextField';
import { useState } from 'react';

/** A new issue on the board: in one of the project's repositories, or an idea that belongs to none yet. */
export function AddIssueButton({ project, namespace }: { project: KrateProject; namespace: string }) {
  const api = useApi(krateApiRef);
  const access = useAccess('create', Issue, namespace);
  const [open, setOpen] = useState(false);
  const [title, setTitle] = useState('');
  const [repository, setRepository] = useState(project.spec.repositoryRefs[0] ?? '');
  const add = async () => {
    const projectRefs = [project.metadata.name];
    await api.create(Issue, namespace, {
      metadata: repository ? { namespace } : { namespace, generateName: `${project.metadata.name}-` },
      spec: { title: title.trim(), projectRefs, ...(repository && { repository }) },
    });
    setTitle('');
    setOpen(false);
  };
  return (
    <>
      <AccessButton
        variant="contained"
        size="small"
        access={access}
        permission="open issues"
        blocked={project.spec.boardState === 'archived' ? 'The board is archived.' : undefined}
        onClick={() => setOpen(true)}
      >
        Add an issue
      </AccessButton>
      <FormDialog
        open={open}
        title={`Add an issue to ${project.spec.displayName}`}
        action="Add"
        failure="The issue was not added"
        ready={title.trim() !== ''}
        onSubmit={add}
        onClose={() => setOpen(false)}
      >
        <TextField
          size="small"
          label="Title"
          value={title}
          onChange={event => setTitle(event.target.value)}
        />
        <TextField
          select
          size="small"
          label="Repository"
          value={repository}
          onChange={event => setRepository(event.target.value)}
          InputLabelProps={{ shrink: true }}
          SelectProps={{ displayEmpty: true }}
        >
          <MenuItem value="">None yet</MenuItem>
          {project.spec.repositoryRefs.map(name => (
            <MenuItem key={name} value={name}>
              {name}
            </MenuItem>
          ))}
        </TextField>
      </FormDialog>
    </>
  );
}
