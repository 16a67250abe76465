import AgentIcon from '@mui/icons-material/SmartToyOutlined';
import AskIcon from '@mui/icons-material/RuleOutlined';
import EndIcon from '@mui/icons-material/FlagOutlined';
import PlanIcon from '@mui/icons-material/ChecklistOutlined';
import ThoughtIcon from '@mui/icons-material/PsychologyOutlined';
import WarnIcon from '@mui/icons-material/ReportOutlined';
import { MarkdownContent } from '@backstage/core-components';
import { MONOSPACE, RelativeTime, StatusChip, statusWords } from '@krate/plugin-control-plane-react';
import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { ReactNode } from 'react';
import { outcomeWord } from './outcomeWord';
import { ToolCall } from './ToolCall';
import { TranscriptItem } from './TranscriptModel';

export interface TranscriptEntryProps {
  item: TranscriptItem;
  open: boolean | undefined;
  onToggle(open: boolean): void;
}

/** One block of a transcript. */
export function TranscriptEntry({ item, open, onToggle }: TranscriptEntryProps) {
  switch (item.kind) {
    case 'message':
      return (
        <Entry icon={<AgentIcon />} at={item.at} who="Agent">
          <Prose text={item.text} />
        </Entry>
      );
    case 'thought':
      return (
        <Entry icon={<ThoughtIcon />} at={item.at} who="Thinks" quiet>
          <Prose text={item.text} />
        </Entry>
      );
    case 'tool':
      return (
        <Entry at={item.at}>
          <ToolCall item={item} open={open} onToggle={onToggle} />
        </Entry>
      );
    case 'permission':
      return (
        <Entry icon={<AskIcon />} at={item.at} who="Asks">
          <Box sx={{ display: 'flex', gap: 1, alignItems: 'center', flexWrap: 'wrap' }}>
            <Box component="code" sx={{ fontFamily: MONOSPACE, fontSize: 12.5, overflowWrap: 'anywhere' }}>
              {item.title}
            </Box>
            <StatusChip status={outcomeWord(item.outcome)} />
            {item.by && (
              <Typography variant="body2" color="text.secondary">
                by {item.by}
              </Typography>
            )}
          </Box>
        </Entry>
      );
    case 'plan':
      return (
        <Entry icon={<PlanIcon />} at={item.at} who="Plan">
          <Box component="ol" sx={{ m: 0, pl: 2.5, fontSize: 13 }}>
            {item.entries.map((entry, index) => (
              <li key={index}>
                {entry.content} {entry.status && <span>({entry.status.replace('_', ' ')})</span>}
              </li>
            ))}
          </Box>
        </Entry>
      );
    case 'ended':
      return (
        <Entry icon={<EndIcon />} at={item.at} who="Ended" quiet>
          {statusWords(item.reason)}
          {item.text && `: ${item.text}`}
        </Entry>
      );
    case 'error':
      return (
        <Entry icon={<WarnIcon />} at={item.at} who="Problem">
          {item.text} {item.code && <code>{item.code}</code>}
        </Entry>
      );
    default:
      return (
        <Entry icon={<WarnIcon />} who="Not readable" quiet>
          <code style={{ overflowWrap: 'anywhere' }}>{item.text}</code>
        </Entry>
      );
  }
}

/** What the agent writes is untrusted: Backstage's renderer drops HTML, and pictures would tell others who reads. */
function Prose({ text }: { text: string }) {
  return (
    <Box
      sx={{
        fontSize: 13.5,
        lineHeight: 1.5,
        '& p': { my: 0, '& + p': { mt: 1 } },
        '& img': { display: 'none' },
      }}
    >
      <MarkdownContent content={text} dialect="gfm" transformImageUri={() => ''} />
    </Box>
  );
}

function Entry({
  icon,
  who,
  at,
  quiet = false,
  children,
}: {
  icon?: ReactNode;
  who?: string;
  at?: string;
  quiet?: boolean;
  children: ReactNode;
}) {
  return (
    <Box
      sx={{
        display: 'flex',
        gap: 1,
        px: { xs: 1, md: 2 },
        py: 0.75,
        color: quiet ? 'text.secondary' : undefined,
      }}
    >
      <Box
        aria-hidden
        sx={{ width: 22, flexShrink: 0, pt: '1px', '& svg': { fontSize: 18, color: 'text.secondary' } }}
      >
        {icon}
      </Box>
      <Box sx={{ flex: 1, minWidth: 0, fontSize: 13.5 }}>
        {who && (
          <Box sx={{ display: 'flex', gap: 1, alignItems: 'baseline', mb: 0.25 }}>
            <Typography component="span" variant="caption" sx={{ fontWeight: 600 }}>
              {who}
            </Typography>
            <Typography component="span" variant="caption" color="text.secondary">
              <RelativeTime time={at} />
            </Typography>
          </Box>
        )}
        {children}
      </Box>
    </Box>
  );
}
