import { AgentDispatchRun } from '@krate/plugin-agents-common';
import {
  CopyField,
  identityOf,
  Link,
  RelativeTime,
  Section,
  StatusChip,
  Facts,
  Fact,
} from '@krate/plugin-control-plane-react';
import Alert from '@mui/material/Alert';
import AlertTitle from '@mui/material/AlertTitle';
import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { DecisionPanel } from '../approvals/DecisionPanel';
import { firstLine, formatBytes, shortRef } from '../shared/format';
import { pullRequestPath, runPath } from '../shared/paths';
import { Transcript } from '../transcript/Transcript';
import { useTranscript } from '../transcript/useTranscript';
import { Changes } from './ArtifactView';
import { Isolation } from './Isolation';
import { PermissionReview } from './PermissionReview';
import { Timeline } from './Timeline';
import { hasEnded, pendingApprovals, timelineOf } from './timelineOf';
import { LiveRun } from './useRunParts';

interface RunOverviewProps {
  organization: string;
  parts: LiveRun;
  run: AgentDispatchRun;
}

/** What a run does now: its question if it has one, its transcript, and beside it how far it is and what it may touch. */
export function RunOverview({ organization, parts, run }: RunOverviewProps) {
  const { attempt, approvals, artifacts, stack } = parts;
  const transcript = useTranscript(run.metadata.namespace!, attempt?.metadata.name);
  const asked = hasEnded(run) ? [] : pendingApprovals(approvals);
  const steps = timelineOf({ run, attempt, approvals, artifacts });
  return (
    <Box sx={{ display: 'grid', gap: 2 }}>
      <Outcome organization={organization} run={run} />
      {asked.map((approval, index) => (
        <DecisionPanel
          key={approval.metadata.uid}
          organization={organization}
          approval={approval}
          stack={stack}
          artifacts={artifacts}
          keyboard={index === 0}
        />
      ))}
      <Box
        sx={{
          display: 'grid',
          gap: 2,
          alignItems: 'start',
          gridTemplateColumns: { xs: 'minmax(0, 1fr)', lg: 'minmax(0, 1fr) 360px' },
          '@media print': { gridTemplateColumns: '1fr' },
        }}
      >
        <Box sx={{ display: 'grid', gap: 2, minWidth: 0 }}>
          {run.spec.task && run.spec.task.trim() !== firstLine(run.spec.task) && (
            <Section title="Task">
              <Typography variant="body2" sx={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>
                {run.spec.task}
              </Typography>
            </Section>
          )}
          <Section title="Transcript" flush>
            <Transcript transcript={transcript} empty={emptyWords(run, Boolean(attempt))} />
          </Section>
        </Box>
        <Box sx={{ display: 'grid', gap: 2, minWidth: 0 }}>
          <Section title="Timeline">
            <Timeline steps={steps} />
          </Section>
          <Section title="Run">
            <Facts facts={factsOf(organization, parts, run)} />
          </Section>
          {artifacts.length > 0 && (
            <Section title="Artifacts">
              <ArtifactList organization={organization} parts={parts} run={run} />
            </Section>
          )}
          <Section title="What this run could touch">
            <PermissionReview review={run.status?.permissionReview} />
          </Section>
          <Section title="Isolation">
            <Isolation isolation={run.status?.isolation} />
          </Section>
        </Box>
      </Box>
    </Box>
  );
}

function emptyWords(run: AgentDispatchRun, launched: boolean): string {
  if (hasEnded(run)) return 'The agent was never started, or wrote nothing.';
  if (launched) return 'The agent is starting; what it says and does appears here.';
  return 'The agent has not been started yet. What it says and does appears here.';
}

/** How it ended, with the way out: the pull request to look at, or what went wrong. */
function Outcome({ organization, run }: { organization: string; run: AgentDispatchRun }) {
  const { status, spec } = run;
  const complete = status?.conditions?.find(({ type }) => type === 'Complete');
  return (
    <>
      {status?.pullRequest && (
        <Alert severity="success" variant="outlined">
          It proposes its change as{' '}
          <Link to={pullRequestPath(organization, status.pullRequest)} underline="always">
            pull request {status.pullRequest}
          </Link>
          .
        </Alert>
      )}
      {status?.phase === 'Failed' && (
        <Alert severity="error" variant="outlined">
          <AlertTitle>The run failed</AlertTitle>
          {status.lastError?.message ?? complete?.message ?? 'No reason was reported.'}
          {status.lastError && (
            <Box component="code" sx={{ display: 'block', fontSize: 12, mt: 0.5 }}>
              {status.lastError.code}
            </Box>
          )}
          {status.lastError?.retryable && ' A retry may succeed.'}
        </Alert>
      )}
      {spec.cancel && (
        <Alert severity="info" variant="outlined">
          {status?.phase === 'Cancelled' ? 'Cancelled' : 'Being cancelled'}
          {spec.cancel.requestedBy && ` by ${spec.cancel.requestedBy}`}
          {spec.cancel.reason && `: ${spec.cancel.reason}`}
        </Alert>
      )}
    </>
  );
}

function factsOf(
  organization: string,
  { attempt, attempts, workspace }: LiveRun,
  run: AgentDispatchRun,
): Fact[] {
  const { spec, status } = run;
  const base = runPath(organization, run.metadata.name);
  return [
    ['Branch', shortRef(spec.ref)],
    [
      'Starts from',
      status?.baseSha && <CopyField value={status.baseSha} label="the commit it starts from" />,
    ],
    ['Proposes on', shortRef(status?.branch)],
    ['Path', spec.sourceRefs?.path],
    ['Requested by', spec.requestedBy],
    ['Created', <RelativeTime key="created" time={run.metadata.creationTimestamp} />],
    ['Pool', spec.runnerPool],
    [
      'Attempt',
      attempt && (
        <Box
          key="attempt"
          component="span"
          sx={{ display: 'inline-flex', gap: 1, alignItems: 'center', flexWrap: 'wrap' }}
        >
          {attempts.length > 1
            ? `${attempts.indexOf(attempt) + 1} of ${attempts.length}`
            : attempt.spec.attemptReason}
          <StatusChip status={attempt.status?.phase ?? 'Pending'} />
        </Box>
      ),
    ],
    ['Model', attempt?.spec.launch?.model],
    ['Ended because', attempt?.status?.exitMessage ?? attempt?.status?.exitReason],
    [
      'Workspace',
      workspace && (
        <Box
          key="workspace"
          component="span"
          sx={{ display: 'inline-flex', gap: 1, alignItems: 'center', flexWrap: 'wrap' }}
        >
          {workspace.metadata.name}
          <StatusChip status={workspace.status?.phase ?? 'Pending'} />
        </Box>
      ),
    ],
    ['Checkout', workspace?.status?.gitState],
    ['Size', workspace?.status?.sizeBytes !== undefined && formatBytes(workspace.status.sizeBytes)],
    ['Identity', <CopyField key="identity" value={identityOf(run, organization)} label="the identity" />],
    [
      'Details',
      <Link key="resource" to={`${base}/resource`}>
        Conditions and events
      </Link>,
    ],
  ];
}

function ArtifactList({ organization, parts, run }: RunOverviewProps) {
  const to = `${runPath(organization, run.metadata.name)}/artifacts`;
  return (
    <Box component="ul" sx={{ listStyle: 'none', m: 0, p: 0, display: 'grid', gap: 1 }}>
      {parts.artifacts.map(artifact => {
        const files = artifact.spec.patch?.files ?? [];
        const sum = (key: 'additions' | 'deletions') => files.reduce((total, file) => total + file[key], 0);
        return (
          <Box component="li" key={artifact.metadata.uid} sx={{ fontSize: 13 }}>
            <Link to={`${to}#${artifact.metadata.name}`}>{artifact.spec.summary ?? artifact.spec.kind}</Link>
            <Box component="span" sx={{ color: 'text.secondary', display: 'flex', gap: 1, fontSize: 12 }}>
              {artifact.spec.kind} · {formatBytes(artifact.spec.size)}
              {files.length > 0 && (
                <>
                  · {files.length} {files.length === 1 ? 'file' : 'files'}
                  <Changes additions={sum('additions')} deletions={sum('deletions')} />
                </>
              )}
            </Box>
          </Box>
        );
      })}
    </Box>
  );
}
