import { MONOSPACE, stripAnsi } from '@krate/plugin-control-plane-react';
import CommandIcon from '@mui/icons-material/TerminalOutlined';
import EditIcon from '@mui/icons-material/EditOutlined';
import ExpandIcon from '@mui/icons-material/ExpandMoreOutlined';
import FetchIcon from '@mui/icons-material/PublicOutlined';
import ReadIcon from '@mui/icons-material/DescriptionOutlined';
import SearchIcon from '@mui/icons-material/SearchOutlined';
import ToolIcon from '@mui/icons-material/BuildOutlined';
import Box from '@mui/material/Box';
import ButtonBase from '@mui/material/ButtonBase';
import Typography from '@mui/material/Typography';
import { useId, useMemo } from 'react';
import { DiffLines } from '../diff/DiffLines';
import { lineDiff } from '../diff/lineDiff';
import { CodeBlock } from '../shared/CodeBlock';
import { outcomeWord } from './outcomeWord';
import { ToolStatus } from './ToolStatus';
import { Edit, ToolItem } from './TranscriptModel';

const ICONS: Record<string, typeof ToolIcon> = {
  read: ReadIcon,
  edit: EditIcon,
  delete: EditIcon,
  move: EditIcon,
  search: SearchIcon,
  execute: CommandIcon,
  fetch: FetchIcon,
};

/** More than this is opened on demand only. */
const SHOWN_LINES = 12;

export interface ToolCallProps {
  item: ToolItem;
  /** Whether the reader opened or closed it; undefined: as the page thinks best. */
  open: boolean | undefined;
  onToggle(open: boolean): void;
}

/** A tool call of an agent: what, whether it worked, its output folded away when long, its edits as differences. */
export function ToolCall({ item, open, onToggle }: ToolCallProps) {
  const id = useId();
  const output = useMemo(() => stripAnsi(item.output).replace(/\n+$/, ''), [item.output]);
  const lines = output ? output.split('\n').length : 0;
  const hasBody = lines > 0 || item.edits.length > 0;
  const shown =
    hasBody && (open ?? (item.edits.length > 0 || lines <= SHOWN_LINES || item.status === 'failed'));
  const Icon = ICONS[item.toolKind ?? ''] ?? ToolIcon;

  return (
    <Box
      sx={{
        border: 1,
        borderColor: 'divider',
        borderRadius: 1,
        overflow: 'hidden',
        bgcolor: 'background.paper',
      }}
    >
      <ButtonBase
        disabled={!hasBody}
        aria-expanded={hasBody ? shown : undefined}
        aria-controls={hasBody ? id : undefined}
        onClick={() => onToggle(!shown)}
        sx={{
          width: '100%',
          justifyContent: 'flex-start',
          gap: 1,
          px: 1.5,
          minHeight: 36,
          textAlign: 'left',
        }}
      >
        <Icon sx={{ fontSize: 17, color: 'text.secondary' }} aria-hidden />
        <Box
          component="span"
          sx={{ minWidth: 0, overflowWrap: 'anywhere', fontSize: 13, fontWeight: 500, py: 0.5 }}
        >
          {item.title || item.id}
        </Box>
        <Box
          component="span"
          sx={{ ml: 'auto', display: 'flex', alignItems: 'center', gap: 1, flexShrink: 0 }}
        >
          {!shown && lines > 0 && (
            <Typography component="span" variant="caption" color="text.secondary">
              {lines} {lines === 1 ? 'line' : 'lines'}
            </Typography>
          )}
          {item.question && (
            <Typography component="span" variant="caption" color="text.secondary">
              {questionWords(item.question)}
            </Typography>
          )}
          <ToolStatus status={item.status} />
          {hasBody && (
            <ExpandIcon aria-hidden sx={{ fontSize: 18, transform: shown ? 'rotate(180deg)' : undefined }} />
          )}
        </Box>
      </ButtonBase>
      {shown && (
        <Box id={id}>
          {item.edits.map((edit, index) => (
            <EditDiff key={`${edit.path}${index}`} edit={edit} />
          ))}
          {lines > 0 && (
            <Box sx={{ borderTop: 1, borderColor: 'divider' }}>
              <CodeBlock text={output} label={`Output of ${item.title || item.id}`} maxHeight={420} bare />
            </Box>
          )}
        </Box>
      )}
    </Box>
  );
}

/** How the question about a tool call was answered. */
function questionWords({ outcome, by }: NonNullable<ToolItem['question']>): string {
  if (!outcome) return 'waits for an answer';
  return `${outcomeWord(outcome).toLowerCase()}${by ? ` by ${by}` : ''}`;
}

function EditDiff({ edit }: { edit: Edit }) {
  const parts = useMemo(() => lineDiff(edit.oldText, edit.newText), [edit]);
  return (
    <Box sx={{ borderTop: 1, borderColor: 'divider', bgcolor: 'background.default' }}>
      <Box sx={{ px: 1.5, py: 0.5, fontFamily: MONOSPACE, fontSize: 12, color: 'text.secondary' }}>
        {edit.path.replace(/^\/workspace\//, '')}
        {edit.oldText === undefined && ' (new)'}
      </Box>
      <DiffLines parts={parts} label={`Change of ${edit.path}`} />
    </Box>
  );
}
