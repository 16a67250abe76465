import { EmptyState, Section } from '@krate/plugin-control-plane-react';
import { AgentDispatchRun } from '@krate/plugin-agents-common';
import Box from '@mui/material/Box';
import { ArtifactView } from './ArtifactView';
import { hasEnded } from './timelineOf';
import { LiveRun } from './useRunParts';

/** What the run made and that outlives it: its patch as a difference, reports as text. */
export function RunArtifacts({ parts, run }: { parts: LiveRun; run: AgentDispatchRun }) {
  if (parts.artifacts.length === 0) {
    return (
      <EmptyState title={hasEnded(run) ? 'This run made nothing that outlives it' : 'Nothing yet'}>
        When the agent is done, its change is stored here as a patch, with a digest that approvals refer to.
      </EmptyState>
    );
  }
  return (
    <Box sx={{ display: 'grid', gap: 2 }}>
      {parts.artifacts.map(artifact => (
        <Box key={artifact.metadata.uid} id={artifact.metadata.name} sx={{ minWidth: 0 }}>
          <Section title={artifact.spec.kind === 'patch' ? 'Patch' : artifact.metadata.name}>
            <ArtifactView artifact={artifact} />
          </Section>
        </Box>
      ))}
    </Box>
  );
}
