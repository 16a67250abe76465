import ActiveIcon from '@mui/icons-material/PendingOutlined';
import AheadIcon from '@mui/icons-material/RadioButtonUncheckedOutlined';
import DoneIcon from '@mui/icons-material/CheckCircleOutlined';
import FailedIcon from '@mui/icons-material/ErrorOutlineOutlined';
import SkippedIcon from '@mui/icons-material/RemoveCircleOutlineOutlined';
import WaitingIcon from '@mui/icons-material/PauseCircleOutlineOutlined';
import { RelativeTime, visuallyHidden } from '@krate/plugin-control-plane-react';
import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { InlineCode } from '../shared/InlineCode';
import { Step, StepState } from './timelineOf';

const LOOK: Record<StepState, { Icon: typeof DoneIcon; color: string; word: string }> = {
  done: { Icon: DoneIcon, color: 'success.main', word: 'done' },
  active: { Icon: ActiveIcon, color: 'info.main', word: 'under way' },
  waiting: { Icon: WaitingIcon, color: 'warning.main', word: 'waiting' },
  failed: { Icon: FailedIcon, color: 'error.main', word: 'failed' },
  skipped: { Icon: SkippedIcon, color: 'text.secondary', word: 'skipped' },
  ahead: { Icon: AheadIcon, color: 'text.secondary', word: 'to come' },
};

/** The life of a run at a glance: each step with its state as an icon and a word. */
export function Timeline({ steps }: { steps: readonly Step[] }) {
  return (
    <Box component="ol" aria-label="Timeline" sx={{ listStyle: 'none', m: 0, p: 0 }}>
      {steps.map((step, index) => (
        <TimelineStep key={step.name} step={step} last={index === steps.length - 1} />
      ))}
    </Box>
  );
}

function TimelineStep({ step, last }: { step: Step; last: boolean }) {
  const { Icon, color, word } = LOOK[step.state];
  const quiet = step.state === 'ahead' || step.state === 'skipped';
  return (
    <Box
      component="li"
      aria-current={step.state === 'active' || step.state === 'waiting' ? 'step' : undefined}
      sx={{ display: 'flex', gap: 1.25, minHeight: last ? 0 : 36 }}
    >
      <Box aria-hidden sx={{ display: 'flex', flexDirection: 'column', alignItems: 'center', width: 18 }}>
        <Icon sx={{ fontSize: 18, color }} />
        {!last && <Box sx={{ flex: 1, width: '1px', bgcolor: 'divider', my: 0.25 }} />}
      </Box>
      <Box sx={{ flex: 1, minWidth: 0, pb: last ? 0 : 1 }}>
        <Box sx={{ display: 'flex', gap: 1, alignItems: 'baseline' }}>
          <Typography
            variant="body2"
            sx={{ fontWeight: quiet ? 400 : 600, color: quiet ? 'text.secondary' : undefined }}
          >
            {step.title}
            <Box component="span" sx={visuallyHidden}>
              : {word}
            </Box>
          </Typography>
          <Typography variant="caption" color="text.secondary" sx={{ ml: 'auto', flexShrink: 0 }}>
            {step.state === 'ahead' ? null : <RelativeTime time={step.at} />}
          </Typography>
        </Box>
        {step.detail && (
          <Typography
            variant="caption"
            color="text.secondary"
            component="p"
            sx={{ overflowWrap: 'anywhere' }}
          >
            <InlineCode text={step.detail} />
          </Typography>
        )}
      </Box>
    </Box>
  );
}
