import AskIcon from '@mui/icons-material/PauseCircleOutlineOutlined';
import { AgentApproval, AgentStack, KrateArtifact } from '@krate/plugin-agents-common';
import {
  CopyField,
  Fact,
  Facts,
  Link,
  RelativeTime,
  StatusChip,
  useNow,
} from '@krate/plugin-control-plane-react';
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Paper from '@mui/material/Paper';
import Typography from '@mui/material/Typography';
import { ReactNode, useId } from 'react';
import { ArtifactView } from '../run/ArtifactView';
import { runPath } from '../shared/paths';
import { CodeBlock } from '../shared/CodeBlock';
import { InlineCode } from '../shared/InlineCode';
import { StackLink } from '../shared/StackLink';
import { approvalStatus, approvalTitle, isPending, readableInput } from './approvalWords';
import { DecisionForm } from './DecisionForm';

export interface DecisionPanelProps {
  organization: string;
  approval: AgentApproval;
  /** The stack that asks, where it is known. */
  stack?: AgentStack;
  /** What the decision is about, shown as it is. */
  artifacts?: readonly KrateArtifact[];
  /** Leads to the run; off on the run’s own page. */
  linkRun?: boolean;
  /** Whether `a` and `d` mean this panel; for one panel of a page. */
  keyboard?: boolean;
}

const sentence = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

/** A decision: what will happen, to what, why it is asked, who asks, what differs, and the two buttons. */
export function DecisionPanel(props: DecisionPanelProps) {
  const { approval, artifacts = [], keyboard = false } = props;
  const id = useId();
  const { spec } = approval;
  const pending = isPending(approval);
  const now = useNow(pending ? 15_000 : undefined);
  const expired = pending && Date.parse(spec.expiresAt) <= now.getTime();
  const about = artifacts.filter(({ metadata }) => spec.artifactRefs.includes(metadata.name));

  const digest = spec.expectedArtifactDigest;
  const unchanged = about.some(artifact => artifact.spec.digest === digest);
  const changed = digest !== undefined && about.length > 0 && !unchanged;

  return (
    <Paper
      component="section"
      variant="outlined"
      aria-labelledby={id}
      sx={{
        overflow: 'hidden',
        borderColor: pending ? 'warning.main' : 'divider',
        borderWidth: pending ? 2 : 1,
      }}
    >
      <Box sx={{ px: 2, py: 1.5, display: 'flex', gap: 1.5, alignItems: 'flex-start', flexWrap: 'wrap' }}>
        {pending && <AskIcon aria-hidden sx={{ color: 'warning.main', mt: '2px' }} />}
        <Box sx={{ flex: 1, minWidth: 0 }}>
          <Typography id={id} variant="h5" component="h2">
            {approvalTitle(approval)}
            {pending ? '?' : ''}
          </Typography>
          <Typography variant="body2" color="text.secondary" sx={{ overflowWrap: 'anywhere' }}>
            <InlineCode text={spec.actionDetail.summary} />
          </Typography>
        </Box>
        <StatusChip status={expired ? 'Expired' : approvalStatus(approval)} />
      </Box>
      <Box sx={{ px: 2, pb: 2, display: 'grid', gap: 1.5 }}>
        {spec.actionDetail.target && <CodeBlock text={spec.actionDetail.target} label="Target" />}
        <Facts facts={factsOf(props, unchanged)} />
        {changed && (
          <Alert severity="error" variant="outlined">
            What it made is not what this asks about any more: the digests differ. Approving it will be
            refused.
          </Alert>
        )}
        <Input text={readableInput(spec.actionDetail.input)} />
        {about.map(artifact => (
          <ArtifactView key={artifact.metadata.uid} artifact={artifact} />
        ))}
        {pending && <DecisionForm approval={approval} expired={expired} keyboard={keyboard} />}
      </Box>
    </Paper>
  );
}

function factsOf({ organization, approval, stack, linkRun }: DecisionPanelProps, shown: boolean): Fact[] {
  const { spec, metadata } = approval;
  const asker: ReactNode =
    spec.requestedBy.kind === 'AgentStack' ? (
      <StackLink organization={organization} name={spec.requestedBy.name} stack={stack} />
    ) : (
      `${spec.requestedBy.kind} ${spec.requestedBy.name}`
    );
  return [
    ['Why it is asked', spec.policyReasons.length > 0 && spec.policyReasons.map(sentence).join('. ')],
    ['Who asks', asker],
    ['Run', linkRun && <Link to={runPath(organization, spec.dispatchRun)}>{spec.dispatchRun}</Link>],
    ['Asked', <RelativeTime key="asked" time={metadata.creationTimestamp} />],
    ['Expires', isPending(approval) && <RelativeTime key="expires" time={spec.expiresAt} />],
    [
      'Digest',
      spec.expectedArtifactDigest && !shown && (
        <CopyField value={spec.expectedArtifactDigest} label="the digest that is approved" />
      ),
    ],
    ['Decided by', spec.decidedBy],
    ['Decided', spec.decidedAt && <RelativeTime key="decided" time={spec.decidedAt} />],
    ['Comment', spec.comment],
  ];
}

function Input({ text }: { text: string | undefined }) {
  if (!text) return null;
  return (
    <Box component="details" sx={{ '& > pre': { mt: 1 } }}>
      <Box component="summary" sx={{ fontSize: 13, cursor: 'pointer', color: 'text.secondary' }}>
        What the tool would get
      </Box>
      <CodeBlock text={text} label="What the tool would get" maxHeight={260} />
    </Box>
  );
}
