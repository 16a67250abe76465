import { useApi } from '@backstage/core-plugin-api';
import { AccessButton, krateApiRef, Problem, Section, useAccess } from '@krate/plugin-control-plane-react';
import { Issue } from '@krate/plugin-forge-common';
import Box from '@mui/material/Box';
import TextField from '@mui/material/TextField';
import { FormEvent, RefObject, useState } from 'react';

/** Says something, and closes or opens the issue with it when asked to. */
export function CommentForm({ issue, field }: { issue: Issue; field: RefObject<HTMLTextAreaElement> }) {
  const api = useApi(krateApiRef);
  const { namespace, name } = issue.metadata;
  const access = useAccess('update', Issue, namespace, name);
  const [body, setBody] = useState('');
  const [state, setState] = useState<{ busy: boolean; error?: Error }>({ busy: false });
  const closed = issue.spec.state === 'closed';

  const send = async (more: Record<string, unknown> = {}) => {
    setState({ busy: true });
    try {
      const comment = body.trim() ? { comment: { body } } : {};
      await api.patch(Issue, namespace, name, { spec: { ...comment, ...more } });
      setBody('');
      setState({ busy: false });
    } catch (error) {
      setState({ busy: false, error: error as Error });
    }
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (body.trim()) void send();
  };
  return (
    <Section title="Your comment">
      <Box
        component="form"
        sx={{ display: 'grid', gap: 1.5 }}
        onSubmit={submit}
        onKeyDown={event => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) submit(event);
        }}
      >
        <TextField
          label="Comment"
          helperText="Markdown. #12 leads to an issue, @name tells somebody."
          multiline
          minRows={3}
          size="small"
          value={body}
          inputRef={field}
          onChange={event => setBody(event.target.value)}
        />
        {state.error && <Problem error={state.error} title="It was not accepted" />}
        <Box sx={{ display: 'flex', gap: 1, flexWrap: 'wrap' }}>
          <AccessButton
            type="submit"
            variant="contained"
            size="small"
            access={access}
            permission="comment on issues"
            blocked={body.trim() ? undefined : 'Write something.'}
            disabled={state.busy}
          >
            Comment
          </AccessButton>
          <AccessButton
            size="small"
            access={access}
            permission="change issues"
            disabled={state.busy}
            onClick={() => send(closed ? { state: 'open' } : { state: 'closed', stateReason: 'completed' })}
          >
            {closed ? 'Reopen' : 'Close'}
            {body.trim() ? ' with this comment' : ''}
          </AccessButton>
        </Box>
      </Box>
    </Section>
  );
}
