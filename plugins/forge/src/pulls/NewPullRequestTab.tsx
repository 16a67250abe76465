import { useApi } from '@backstage/core-plugin-api';
import {
  EmptyState,
  krateApiRef,
  Problem,
  Section,
  SkeletonRows,
  useRepository,
} from '@krate/plugin-control-plane-react';
import { PullRequest } from '@krate/plugin-forge-common';
import ArrowIcon from '@mui/icons-material/ArrowBackOutlined';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Checkbox from '@mui/material/Checkbox';
import FormControlLabel from '@mui/material/FormControlLabel';
import TextField from '@mui/material/TextField';
import { FormEvent, useState } from 'react';
import { useNavigate } from 'react-router-dom';
import { pullRequestPath } from '../api/links';
import { useForge } from '../api/useForge';
import { Branch, Branches, Commits, Diff } from '../api/wire';
import { BranchPicker } from '../code/BranchPicker';
import { CommitRows } from '../code/CommitList';
import { DiffFiles } from '../diff/DiffFiles';

/** Proposes a branch for another, with what it would change in sight. */
export function NewPullRequestTab() {
  const branches = useForge<Branches>('branches');
  if (branches.error)
    return <Problem error={branches.error} title="The branches could not be read" onRetry={branches.retry} />;
  if (!branches.data) return <SkeletonRows rows={8} />;
  const { defaultBranch, items } = branches.data;
  const source = items.find(branch => !branch.default);
  if (!source)
    return (
      <EmptyState title="There is only one branch">
        Push another branch; then it can be proposed for {defaultBranch}.
      </EmptyState>
    );
  return <NewPullRequestForm branches={items} target={defaultBranch} source={source} />;
}

function NewPullRequestForm({
  branches,
  target: firstTarget,
  source: firstSource,
}: {
  branches: Branch[];
  target: string;
  source: Branch;
}) {
  const api = useApi(krateApiRef);
  const navigate = useNavigate();
  const { organization, namespace, repository } = useRepository();
  const [source, setSource] = useState(firstSource.name);
  const [target, setTarget] = useState(firstTarget);
  const [typedTitle, setTitle] = useState<string>();
  const [description, setDescription] = useState('');
  const [draft, setDraft] = useState(false);
  const [state, setState] = useState<{ busy: boolean; error?: Error }>({ busy: false });
  const title = typedTitle ?? branches.find(({ name }) => name === source)?.subject ?? '';
  const same = source === target;

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setState({ busy: true });
    try {
      const created = await api.create(PullRequest, namespace, {
        metadata: { namespace },
        spec: {
          repository,
          title,
          ...(description && { description }),
          sourceRef: `refs/heads/${source}`,
          targetRef: `refs/heads/${target}`,
          draft,
        },
      });
      navigate(pullRequestPath(organization, created.metadata.name));
    } catch (error) {
      setState({ busy: false, error: error as Error });
    }
  };
  return (
    <Box sx={{ display: 'grid', gap: 2, minWidth: 0 }}>
      <Section title="New pull request">
        <Box
          component="form"
          onSubmit={submit}
          onKeyDown={event => {
            if (event.key === 'Enter' && (event.ctrlKey || event.metaKey))
              event.currentTarget.requestSubmit();
          }}
          sx={{ display: 'grid', gap: 2, maxWidth: 760 }}
        >
          <Box sx={{ display: 'flex', gap: 1, alignItems: 'center', flexWrap: 'wrap' }}>
            <BranchPicker
              label="Branch it should go to"
              branches={branches}
              current={target}
              onPick={setTarget}
            />
            <ArrowIcon titleAccess="gets" fontSize="small" />
            <BranchPicker
              label="Branch with the change"
              branches={branches}
              current={source}
              onPick={setSource}
            />
          </Box>
          <TextField
            required
            label="Title"
            size="small"
            value={title}
            onChange={event => setTitle(event.target.value)}
            inputProps={{ maxLength: 250 }}
          />
          <TextField
            label="Description"
            helperText="Markdown. What changes, why, and how it was tried."
            multiline
            minRows={5}
            value={description}
            onChange={event => setDescription(event.target.value)}
          />
          <FormControlLabel
            control={<Checkbox checked={draft} onChange={event => setDraft(event.target.checked)} />}
            label="A draft: not ready for review or merge"
          />
          {state.error && <Problem error={state.error} title="The pull request was not opened" />}
          <Box>
            <Button type="submit" variant="contained" disabled={same || !title || state.busy}>
              Open pull request
            </Button>
          </Box>
        </Box>
      </Section>
      {same ? (
        <EmptyState title="Choose two different branches" />
      ) : (
        <Preview source={source} target={target} />
      )}
    </Box>
  );
}

function Preview({ source, target }: { source: string; target: string }) {
  const commits = useForge<Commits>('commits', { ref: source, limit: '10' });
  const diff = useForge<Diff>('compare', { base: target, head: source });
  if (diff.error)
    return <Problem error={diff.error} title="The branches could not be compared" onRetry={diff.retry} />;
  if (!diff.data) return <SkeletonRows rows={8} />;
  return (
    <>
      {commits.data && (
        <Section title={`Latest commits of ${source}`} flush>
          <CommitRows framed={false} commits={commits.data.items.slice(0, 5)} />
        </Section>
      )}
      <DiffFiles diff={diff.data} />
    </>
  );
}
