import CheckCircle from '@mui/icons-material/CheckCircleOutlined';
import ErrorIcon from '@mui/icons-material/ErrorOutlineOutlined';
import HourglassIcon from '@mui/icons-material/PendingOutlined';
import PauseIcon from '@mui/icons-material/PauseCircleOutlineOutlined';
import RemoveIcon from '@mui/icons-material/RemoveCircleOutlineOutlined';
import Chip from '@mui/material/Chip';
import { Tone, toneOf } from './tone';

const LOOK: Record<
  Tone,
  { color: 'success' | 'info' | 'warning' | 'error' | 'default'; Icon: typeof CheckCircle }
> = {
  good: { color: 'success', Icon: CheckCircle },
  busy: { color: 'info', Icon: HourglassIcon },
  attention: { color: 'warning', Icon: PauseIcon },
  bad: { color: 'error', Icon: ErrorIcon },
  quiet: { color: 'default', Icon: RemoveIcon },
};

/** `AwaitingApproval` as people read it. */
export function statusWords(status: string): string {
  const words = status.replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase();
  return words[0].toUpperCase() + words.slice(1);
}

/** A status as a word with an icon and a colour: never colour alone. */
export function StatusChip({ status, title }: { status: string | undefined; title?: string }) {
  if (!status) return null;
  const { color, Icon } = LOOK[toneOf(status)];
  return (
    <Chip
      size="small"
      variant="outlined"
      color={color}
      icon={<Icon aria-hidden />}
      label={statusWords(status)}
      title={title}
    />
  );
}
