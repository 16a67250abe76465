import {
  Duration,
  EmptyState,
  Facts,
  LogView,
  organizationPath,
  PageFrame,
  Problem,
  ResourceTab,
  RouteTabs,
  Section,
  SkeletonRows,
  StatusChip,
  useOrganization,
  useResource,
  useStream,
} from '@krate/plugin-control-plane-react';
import { Job } from '@krate/plugin-forge-common';
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import { useState } from 'react';
import { useParams } from 'react-router-dom';
import { repositoryPath, shortSha } from '../api/links';
import { DispatchButton } from '../repository/DispatchButton';
import { JobSteps } from './JobSteps';
import { lineAtOffset } from './lineAtOffset';

/** A job: its steps, and its log as it is written. */
export function JobPage() {
  const { organization, namespace } = useOrganization();
  const { name = '', '*': tab = '' } = useParams();
  const { object: job, loading, error } = useResource(Job, namespace, name);
  const path = organizationPath(organization, 'jobs', name);
  if (!job) {
    return (
      <PageFrame title={name} organization={organization}>
        {loading && <SkeletonRows rows={8} />}
        {error && <Problem error={error} title="The job could not be read" />}
        {!loading && !error && <EmptyState title="There is no such job, or you may not see it" />}
      </PageFrame>
    );
  }
  const { spec, status } = job;
  const failed = status?.phase === 'Failed';
  return (
    <PageFrame
      title={spec.step}
      organization={organization}
      crumbs={[
        { label: spec.repository, to: repositoryPath(organization, spec.repository) },
        { label: spec.pipeline, to: organizationPath(organization, 'pipelines', spec.pipeline) },
      ]}
      lede={
        <Box sx={{ display: 'flex', gap: 1, alignItems: 'center', flexWrap: 'wrap' }}>
          <StatusChip status={status?.phase ?? 'Pending'} />
          <code>{shortSha(spec.sha)}</code>
          <Duration from={status?.startedAt} to={status?.finishedAt} />
        </Box>
      }
      action={
        failed && (
          <DispatchButton
            organization={organization}
            namespace={namespace}
            source={{ repository: spec.repository, job: name }}
          />
        )
      }
      tabs={
        <RouteTabs
          label="Parts of the job"
          value={tab ? `${path}/${tab}` : path}
          tabs={[
            { label: 'Log', to: path },
            { label: 'Resource', to: `${path}/resource` },
          ]}
        />
      }
    >
      {tab === 'resource' ? (
        <ResourceTab type={Job} object={job} />
      ) : (
        <JobLog job={job} namespace={namespace} />
      )}
    </PageFrame>
  );
}

function JobLog({ job, namespace }: { job: Job; namespace: string }) {
  const { name } = job.metadata;
  const { status, spec } = job;
  const stream = useStream({ resource: Job.plural, namespace, name, stream: 'log' });
  const [jumpTo, setJumpTo] = useState<{ line: number }>();
  const waiting = !status?.startedAt;
  return (
    <Box
      sx={{
        display: 'grid',
        gap: 2,
        gridTemplateColumns: { xs: 'minmax(0, 1fr)', lg: '300px minmax(0, 1fr)' },
        alignItems: 'start',
      }}
    >
      <Box sx={{ display: 'grid', gap: 2, minWidth: 0 }}>
        <Section title="Steps" flush>
          <JobSteps job={job} onGo={offset => setJumpTo({ line: lineAtOffset(stream.lines, offset) })} />
        </Section>
        <Section title="Facts">
          <Facts
            facts={[
              ['Exit code', status?.exitCode?.toString()],
              ['Runner pool', spec.runnerPool],
              ['Trust', spec.trustTier],
              ['At most', `${spec.timeoutSeconds} s`],
              ['Host', status?.node],
            ]}
          />
        </Section>
      </Box>
      <Box sx={{ minWidth: 0 }}>
        {status?.reason && (
          <Alert severity={status.phase === 'Failed' ? 'error' : 'info'} sx={{ mb: 1 }}>
            {status.reason}
          </Alert>
        )}
        <LogView
          stream={waiting ? { ...stream, loading: false } : stream}
          label={`Log of ${spec.step}`}
          height="max(360px, calc(100vh - 300px))"
          jumpTo={jumpTo}
          empty={waiting ? waitingWords(status?.queuePosition) : undefined}
        />
      </Box>
    </Box>
  );
}

function waitingWords(position: number | undefined): string {
  return position ? `Waiting for a runner: number ${position} in the queue.` : 'Waiting for a runner.';
}
