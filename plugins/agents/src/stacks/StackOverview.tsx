import { AgentStack } from '@krate/plugin-agents-common';
import { CopyField, Facts, identityOf, Section } from '@krate/plugin-control-plane-react';
import Box from '@mui/material/Box';
import { formatCost } from '../shared/format';
import { Grants } from './Grants';
import { PromptLayers } from './PromptLayers';
import { Readiness } from './Readiness';
import { StackRuns } from './StackRuns';
import { ToolProfile } from './ToolProfile';

const APPROVAL_MODE: Record<AgentStack['spec']['approvalMode'], string> = {
  prompt: 'asks for what the profile does not allow',
  deny: 'is never dispatched',
  yolo: 'never asks',
};

/** Everything a person asks about a stack, on one page. */
export function StackOverview({ organization, stack }: { organization: string; stack: AgentStack }) {
  const { spec } = stack;
  const { budget, writeBackPolicy } = spec;
  return (
    <Box
      sx={{
        display: 'grid',
        gap: 2,
        alignItems: 'start',
        gridTemplateColumns: { xs: 'minmax(0, 1fr)', lg: 'minmax(0, 1fr) 360px' },
      }}
    >
      <Box sx={{ display: 'grid', gap: 2, minWidth: 0 }}>
        <Section title="Readiness">
          <Readiness stack={stack} />
        </Section>
        <Section title="Recent runs" flush>
          <StackRuns organization={organization} stack={stack} limit={5} />
        </Section>
        <Section title="Prompt">
          <PromptLayers prompt={spec.prompt} />
        </Section>
        <Section title="What it may do">
          <ToolProfile stack={stack} />
        </Section>
      </Box>
      <Box sx={{ display: 'grid', gap: 2, minWidth: 0 }}>
        <Section title="Stack">
          <Facts
            facts={[
              ['Agent', spec.baseAgent],
              ['Adapter', spec.adapter],
              ['Provider', spec.provider ?? 'none: it makes no model calls'],
              ['Model', spec.model],
              ['Runs as', spec.runtimeIdentity.serviceAccountRef],
              ['Pool', spec.runnerPool],
              ['Workspace', spec.workspacePolicyRef],
              ['Task kind', spec.taskKind],
              ['Tools', APPROVAL_MODE[spec.approvalMode]],
              ['Write-back', writeBackPolicy?.allowedTargets?.join(', ')],
              [
                '',
                writeBackPolicy &&
                  (writeBackPolicy.requireApproval ? 'after an approval' : 'without an approval'),
              ],
              ['Tokens at most', budget?.maxTokens?.toLocaleString('en')],
              ['Cost at most', formatCost(budget?.maxCostUsd)],
              [
                'Time at most',
                budget?.maxDurationSeconds && `${Math.round(budget.maxDurationSeconds / 60)} min`,
              ],
              [
                'Identity',
                <CopyField key="identity" value={identityOf(stack, organization)} label="the identity" />,
              ],
            ]}
          />
        </Section>
        <Section title="Grants and roles">
          <Grants stack={stack} />
        </Section>
      </Box>
    </Box>
  );
}
