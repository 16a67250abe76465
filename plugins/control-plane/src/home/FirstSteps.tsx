import { useApi } from '@backstage/core-plugin-api';
import {
  AccessButton,
  Link,
  menuAddress,
  menuApiRef,
  FirstStep,
  Section,
  useAccess,
  useOrganization,
  useResourceList,
  visuallyHidden,
} from '@krate/plugin-control-plane-react';
import DoneIcon from '@mui/icons-material/CheckCircle';
import OpenIcon from '@mui/icons-material/RadioButtonUncheckedOutlined';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import LinearProgress from '@mui/material/LinearProgress';
import Typography from '@mui/material/Typography';
import { useCallback, useEffect, useState } from 'react';
import { useNavigate } from 'react-router-dom';
import { useDismissed } from './useDismissed';

/** What to do first in a new organization. It goes by itself when all is done, and earlier for whoever hides it. */
export function FirstSteps() {
  const { organization } = useOrganization();
  const { firstSteps } = useApi(menuApiRef);
  const { dismissed, dismiss, restore } = useDismissed(`first-steps.${organization}`);
  const [done, setDone] = useState<Readonly<Record<string, boolean>>>({});
  const report = useCallback(
    (id: string, isDone: boolean) =>
      setDone(known => (known[id] === isDone ? known : { ...known, [id]: isDone })),
    [],
  );
  if (dismissed === undefined || firstSteps.length === 0) return null;
  const known = firstSteps.filter(({ id }) => id in done).length;
  const finished = firstSteps.filter(({ id }) => done[id]).length;
  const allKnown = known === firstSteps.length;
  if (allKnown && finished === firstSteps.length) return null;
  if (dismissed) {
    return (
      <Button size="small" onClick={restore} sx={{ mb: 1 }}>
        Show the first steps
      </Button>
    );
  }
  return (
    <Box sx={{ mb: 2, display: allKnown || known === 0 ? undefined : 'none' }}>
      <Section
        title="First steps"
        flush
        action={
          <Box sx={{ display: 'flex', alignItems: 'center', gap: 2 }}>
            <Typography variant="body2" color="text.secondary" role="status">
              {allKnown ? `${finished} of ${firstSteps.length} done` : 'Looking what is there …'}
            </Typography>
            <Button size="small" onClick={dismiss}>
              Hide
            </Button>
          </Box>
        }
      >
        <LinearProgress
          variant={allKnown ? 'determinate' : 'indeterminate'}
          value={(finished / firstSteps.length) * 100}
          aria-label="First steps done"
          sx={{ height: 3 }}
        />
        <Box component="ol" sx={{ listStyle: 'none', m: 0, p: 0 }}>
          {firstSteps.map((step, index) => (
            <Step key={step.id} step={step} number={index + 1} report={report} />
          ))}
        </Box>
      </Section>
    </Box>
  );
}

function Step({
  step,
  number,
  report,
}: {
  step: FirstStep;
  number: number;
  report(id: string, done: boolean): void;
}) {
  const { organization, namespace } = useOrganization();
  const navigate = useNavigate();
  const { items, loading, error } = useResourceList(step.done.kind, { namespace });
  const isDone = items.length >= step.done.atLeast;
  const { access: needed } = step.action;
  const asked = useAccess(needed?.verb ?? 'list', needed?.kind ?? step.done.kind, namespace);
  // What cannot be read is not done as far as one can tell.
  useEffect(() => {
    if (!loading || error) report(step.id, isDone);
  }, [report, step.id, isDone, loading, error]);
  const Icon = isDone ? DoneIcon : OpenIcon;
  return (
    <Box
      component="li"
      sx={{
        display: 'flex',
        gap: 1.5,
        px: 2,
        py: 1.25,
        alignItems: 'center',
        borderTop: number > 1 ? 1 : 0,
        borderColor: 'divider',
      }}
    >
      <Icon color={isDone ? 'success' : 'disabled'} aria-hidden />
      <Box sx={{ flex: 1, minWidth: 0 }}>
        <Typography sx={{ fontWeight: 600, fontSize: 14 }}>
          {step.title}
          <Box component="span" sx={visuallyHidden}>
            {isDone ? ' (done)' : ' (to do)'}
          </Box>
        </Typography>
        <Typography variant="body2" color="text.secondary">
          {step.why}{' '}
          {step.guide && (
            <Link to={`/documentation/guides/${step.guide}`} sx={{ textDecoration: 'underline' }}>
              Guide
            </Link>
          )}
        </Typography>
      </Box>
      {!isDone && (
        <AccessButton
          size="small"
          variant="outlined"
          access={needed ? asked : { allowed: true, reason: '' }}
          permission={step.title.replace(/^./, letter => letter.toLowerCase())}
          onClick={() => navigate(menuAddress(organization, step.action.to))}
          aria-label={`${step.action.label}: ${step.title}`}
          sx={{ flexShrink: 0 }}
        >
          {step.action.label}
        </AccessButton>
      )}
    </Box>
  );
}
