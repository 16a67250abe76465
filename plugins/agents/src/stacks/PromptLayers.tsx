import { AgentStack } from '@krate/plugin-agents-common';
import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import { CodeBlock } from '../shared/CodeBlock';

const LAYERS = [
  ['system', 'System', 'Comes first, on every run.'],
  ['developer', 'Developer', 'The rules of the house, after the system layer.'],
  ['task', 'Task', 'Used when a dispatch brings no task of its own.'],
] as const;

/** The layers of a stack's prompt in the order the agent gets them. */
export function PromptLayers({ prompt }: { prompt: AgentStack['spec']['prompt'] }) {
  return (
    <Box sx={{ display: 'grid', gap: 1.5 }}>
      {LAYERS.map(([layer, title, what]) => (
        <Box key={layer}>
          <Typography variant="body2">
            <Box component="span" sx={{ fontWeight: 600 }}>
              {title}
            </Box>{' '}
            <Box component="span" sx={{ color: 'text.secondary' }}>
              {what}
            </Box>
          </Typography>
          {prompt?.[layer] ? (
            <CodeBlock text={prompt[layer]} label={`${title} layer`} maxHeight={260} />
          ) : (
            <Typography variant="body2" color="text.secondary">
              None.
            </Typography>
          )}
        </Box>
      ))}
    </Box>
  );
}
