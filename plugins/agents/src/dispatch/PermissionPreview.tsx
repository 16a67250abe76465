import { Problem, Section, SkeletonRows } from '@krate/plugin-control-plane-react';
import ExpandIcon from '@mui/icons-material/ExpandMoreOutlined';
import Accordion from '@mui/material/Accordion';
import AccordionDetails from '@mui/material/AccordionDetails';
import AccordionSummary from '@mui/material/AccordionSummary';
import Typography from '@mui/material/Typography';
import { useState } from 'react';
import { Checks } from '../run/Checks';
import { Manifest } from '../shared/Manifest';
import { DispatchFields } from './dispatchFields';
import { Reach } from './Reach';
import { PreviewedReview, usePermissionReview } from './usePermissionReview';

interface PermissionPreviewProps {
  organization: string;
  fields: DispatchFields;
}

const DECISION: Record<PreviewedReview['decision'], string> = {
  allowed: 'It would start at once.',
  'requires-approval': 'It would wait for an approval before it starts.',
  denied: 'It would be denied.',
};

/** What could this run touch? Asked before the dispatch, answered by the review that the dispatch would get. */
export function PermissionPreview({ organization, fields }: PermissionPreviewProps) {
  const [open, setOpen] = useState(false);
  const { review, error } = usePermissionReview(organization, fields, open);
  const chosen = Boolean(fields.repository && fields.stack);
  return (
    <Accordion
      variant="outlined"
      disableGutters
      expanded={open}
      onChange={(_, expanded) => setOpen(expanded)}
      sx={{ '&::before': { display: 'none' } }}
    >
      <AccordionSummary expandIcon={<ExpandIcon />}>What could this run touch?</AccordionSummary>
      <AccordionDetails sx={{ display: 'grid', gap: 2 }}>
        {!chosen && (
          <Typography variant="body2" color="text.secondary">
            Choose a repository and a stack first.
          </Typography>
        )}
        {error && <Problem error={error} title="The review could not be made" />}
        {chosen && !error && !review && <SkeletonRows rows={6} />}
        {review && <Previewed review={review} />}
      </AccordionDetails>
    </Accordion>
  );
}

function Previewed({ review }: { review: PreviewedReview }) {
  return (
    <>
      <Typography variant="body2" role="status" sx={{ fontWeight: 600 }}>
        {DECISION[review.decision]}
      </Typography>
      {review.reach && <Reach reach={review.reach} />}
      {review.missingGrants.map(({ suggestedName, manifest }) => (
        <Manifest key={suggestedName} yaml={manifest} />
      ))}
      <Section title="Every check">
        <Checks checks={review.checks} />
      </Section>
    </>
  );
}
