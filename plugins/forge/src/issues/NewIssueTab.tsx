import { useApi } from '@backstage/core-plugin-api';
import {
  AccessButton,
  krateApiRef,
  Problem,
  Section,
  useAccess,
  useRepository,
} from '@krate/plugin-control-plane-react';
import { Issue } from '@krate/plugin-forge-common';
import Box from '@mui/material/Box';
import MenuItem from '@mui/material/MenuItem';
import TextField from '@mui/material/TextField';
import { FormEvent, useState } from 'react';
import { useNavigate } from 'react-router-dom';
import { issuePath } from '../api/links';
import { useIssueTemplates } from './useIssueTemplates';

/** A new issue, from one of the repository's templates or from nothing. */
export function NewIssueTab() {
  const api = useApi(krateApiRef);
  const navigate = useNavigate();
  const { organization, namespace, repository } = useRepository();
  const access = useAccess('create', Issue, namespace);
  const templates = useIssueTemplates();
  const [draft, setDraft] = useState({ template: '', title: '', body: '', labels: [] as string[] });
  const [state, setState] = useState<{ busy: boolean; error?: Error }>({ busy: false });

  const choose = (name: string) => {
    const template = templates.find(one => one.name === name);
    setDraft({
      template: name,
      title: template?.title ?? '',
      body: template?.body ?? '',
      labels: template?.labels ?? [],
    });
  };
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setState({ busy: true });
    try {
      const { title, body, labels } = draft;
      const created = await api.create(Issue, namespace, {
        metadata: { namespace },
        spec: { repository, title: title.trim(), labels, ...(body.trim() && { body }) },
      });
      navigate(issuePath(organization, created.metadata.name));
    } catch (error) {
      setState({ busy: false, error: error as Error });
    }
  };
  return (
    <Section title="New issue">
      <Box component="form" onSubmit={submit} sx={{ display: 'grid', gap: 2, maxWidth: 760 }}>
        {templates.length > 0 && (
          <TextField
            select
            size="small"
            label="Template"
            value={draft.template}
            onChange={event => choose(event.target.value)}
            helperText={templates.find(({ name }) => name === draft.template)?.about}
            InputLabelProps={{ shrink: true }}
            SelectProps={{ displayEmpty: true }}
          >
            <MenuItem value="">None</MenuItem>
            {templates.map(({ name }) => (
              <MenuItem key={name} value={name}>
                {name}
              </MenuItem>
            ))}
          </TextField>
        )}
        <TextField
          required
          size="small"
          label="Title"
          value={draft.title}
          onChange={event => setDraft({ ...draft, title: event.target.value })}
        />
        <TextField
          size="small"
          label="Description"
          helperText="Markdown"
          multiline
          minRows={8}
          value={draft.body}
          onChange={event => setDraft({ ...draft, body: event.target.value })}
        />
        {state.error && <Problem error={state.error} title="The issue was not opened" />}
        <Box>
          <AccessButton
            type="submit"
            variant="contained"
            access={access}
            permission="open issues"
            blocked={draft.title.trim() ? undefined : 'Give it a title.'}
            disabled={state.busy}
          >
            Open the issue
          </AccessButton>
        </Box>
      </Box>
    </Section>
  );
}
