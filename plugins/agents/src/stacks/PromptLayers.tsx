import { AgentStack } from '@krate/plugin-agents-common';
import { MONOSPACE } from '@krate/plugin-control-plane-react';
import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';

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
            <Box
              component="pre"
              tabIndex={0}
              sx={{
                m: 0,
                mt: 0.5,
                p: 1.5,
                maxHeight: 260,
                overflow: 'auto',
                whiteSpace: 'pre-wrap',
                overflowWrap: 'anywhere',
                fontFamily: MONOSPACE,
                fontSize: 12,
                bgcolor: 'background.default',
                border: 1,
                borderColor: 'divider',
                borderRadius: 1,
              }}
            >
              {prompt[layer]}
            </Box>
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
