import { useApi } from '@backstage/core-plugin-api';
import { AccessButton, krateApiRef, Problem, Section, useAccess } from '@krate/plugin-control-plane-react';
import { PullRequest, Review } from '@krate/plugin-forge-common';
import Box from '@mui/material/Box';
import FormControlLabel from '@mui/material/FormControlLabel';
import Radio from '@mui/material/Radio';
import RadioGroup from '@mui/material/RadioGroup';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { RefObject, useState } from 'react';
import { shortSha } from '../api/links';
import { ReviewDraft } from './useReviewDraft';

type Decision = Review['spec']['decision'];
const DECISIONS: Record<Decision, string> = {
  commented: 'Comment',
  approved: 'Approve',
  changes_requested: 'Request changes',
};

export interface ReviewFormProps {
  pull: PullRequest;
  namespace: string;
  draft: ReviewDraft;
  /** The text field, so that a key of the page can go to it. */
  field: RefObject<HTMLTextAreaElement>;
}

/** A verdict on the present head, with what was said about single lines. */
export function ReviewForm({ pull, namespace, draft, field }: ReviewFormProps) {
  const api = useApi(krateApiRef);
  const access = useAccess('create', Review, namespace);
  const [state, setState] = useState<{ busy: boolean; error?: Error; sent?: boolean }>({ busy: false });
  const { decision, body, comments } = draft;
  const headSha = pull.status?.headSha;
  const nothing = decision === 'commented' && !body.trim() && comments.length === 0;

  const submit = async () => {
    setState({ busy: true });
    try {
      await api.create(Review, namespace, {
        metadata: { generateName: `${pull.metadata.name}-`, namespace },
        spec: {
          pullRequest: pull.metadata.name,
          decision,
          comments,
          ...(body.trim() && { body }),
          ...(headSha && { headSha }),
        },
      });
      draft.clear();
      setState({ busy: false, sent: true });
    } catch (error) {
      setState({ busy: false, error: error as Error });
    }
  };
  return (
    <Section title="Your review">
      <Box
        component="form"
        sx={{ display: 'grid', gap: 1.5 }}
        onSubmit={event => {
          event.preventDefault();
          void submit();
        }}
        onKeyDown={event => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey) && !nothing) void submit();
        }}
      >
        <TextField
          label="What you think"
          multiline
          minRows={3}
          size="small"
          value={body}
          inputRef={field}
          onChange={event => draft.setBody(event.target.value)}
        />
        {comments.length > 0 && (
          <Typography variant="body2" color="text.secondary">
            Sent along: {comments.length} {comments.length === 1 ? 'remark on a line' : 'remarks on lines'}.
          </Typography>
        )}
        <RadioGroup
          row
          aria-label="Verdict"
          value={decision}
          onChange={event => draft.setDecision(event.target.value as Decision)}
        >
          {Object.entries(DECISIONS).map(([value, label]) => (
            <FormControlLabel
              key={value}
              value={value}
              control={<Radio size="small" />}
              label={label}
              slotProps={{ typography: { variant: 'body2' } }}
            />
          ))}
        </RadioGroup>
        {state.error && <Problem error={state.error} title="The review was not accepted" />}
        <Box sx={{ display: 'flex', alignItems: 'center', gap: 2 }}>
          <AccessButton
            type="submit"
            variant="contained"
            size="small"
            access={access}
            permission={`review pull requests of ${pull.spec.repository}`}
            blocked={nothing ? 'Write something, or give a verdict.' : undefined}
            disabled={state.busy}
          >
            Send the review
          </AccessButton>
          <Typography variant="caption" color="text.secondary" role="status">
            {state.sent && nothing ? 'Sent.' : headSha && `About commit ${shortSha(headSha)}`}
          </Typography>
        </Box>
      </Box>
    </Section>
  );
}
