import { ROW_HEIGHT, StatusChip } from '@krate/plugin-control-plane-react';
import { Job } from '@krate/plugin-forge-common';
import Box from '@mui/material/Box';
import ButtonBase from '@mui/material/ButtonBase';

/** The steps of a job with how each went; a click goes to where its output starts. */
export function JobSteps({ job, onGo }: { job: Job; onGo(offset: number): void }) {
  const done = new Map(job.status?.steps?.map(step => [step.name, step]));
  return (
    <Box component="ol" sx={{ listStyle: 'none', m: 0, p: 0 }}>
      {job.spec.steps.map(({ name }, index) => {
        const step = done.get(name);
        const offset = step?.offset;
        return (
          <Box component="li" key={name} sx={{ borderTop: index ? 1 : 0, borderColor: 'divider' }}>
            <ButtonBase
              disabled={offset === undefined}
              onClick={() => offset !== undefined && onGo(offset)}
              sx={{
                width: '100%',
                minHeight: ROW_HEIGHT,
                px: 2,
                py: 0.5,
                gap: 1,
                justifyContent: 'flex-start',
                fontSize: 13,
                textAlign: 'left',
                '&:hover, &:focus-visible': { bgcolor: 'action.hover' },
              }}
            >
              <Box component="span" sx={{ minWidth: 0, overflowWrap: 'anywhere' }}>
                {name}
              </Box>
              <Box
                component="span"
                sx={{
                  ml: 'auto',
                  display: 'flex',
                  gap: 1,
                  alignItems: 'center',
                  color: 'text.secondary',
                  whiteSpace: 'nowrap',
                }}
              >
                {step?.durationSeconds !== undefined && `${step.durationSeconds.toFixed(1)} s`}
                <StatusChip status={step?.phase ?? 'Pending'} />
              </Box>
            </ButtonBase>
          </Box>
        );
      })}
    </Box>
  );
}
