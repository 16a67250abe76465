import { namespaceOf } from '@krate/plugin-control-plane-common';
import {
  EmptyState,
  explorerPath,
  FilterField,
  KindInfo,
  lacksController,
  Link,
  PageFrame,
  Problem,
  Section,
  SkeletonRows,
  useAddressParameter,
  useKinds,
  useOrganization,
} from '@krate/plugin-control-plane-react';
import Box from '@mui/material/Box';
import FormControlLabel from '@mui/material/FormControlLabel';
import Switch from '@mui/material/Switch';
import Typography from '@mui/material/Typography';
import { areasOf, findKinds } from './areas';
import { Counts, useCounts } from './useCounts';

/** Every kind the server knows, by area, with how many there are. */
export function ExplorerIndexPage() {
  const { organization } = useOrganization();
  const { kinds, error, retry } = useKinds();
  const counts = useCounts(namespaceOf(organization));
  const [text, setText] = useAddressParameter('q');
  const [used, setUsed] = useAddressParameter('used');
  const found = findKinds(kinds ?? [], text).filter(kind => !used || (counts?.get(kind.resource) ?? 0) > 0);
  return (
    <PageFrame
      title="Explorer"
      organization={organization}
      lede="Every kind of object that Krate keeps, and every object of this organization, from the declarations alone."
    >
      <Box sx={{ display: 'flex', gap: 2, flexWrap: 'wrap', alignItems: 'center', mb: 2 }}>
        <FilterField label="Find a kind" value={text} onChange={setText} />
        <FormControlLabel
          control={
            <Switch
              size="small"
              checked={Boolean(used)}
              onChange={event => setUsed(event.target.checked ? 'yes' : '')}
            />
          }
          label="Only kinds with objects"
        />
        {kinds && (
          <Typography variant="caption" color="text.secondary" role="status" sx={{ ml: 'auto' }}>
            {found.length === kinds.length
              ? `${kinds.length} kinds`
              : `${found.length} of ${kinds.length} kinds`}
          </Typography>
        )}
      </Box>
      {error && <Problem error={error} title="The kinds could not be read" onRetry={retry} />}
      {!kinds && !error && <SkeletonRows rows={12} />}
      {kinds && found.length === 0 && <EmptyState title="No kind is called that" />}
      <Box
        sx={{
          display: 'grid',
          gap: 2,
          gridTemplateColumns: { xs: 'minmax(0, 1fr)', lg: 'repeat(2, minmax(0, 1fr))' },
          alignItems: 'start',
        }}
      >
        {areasOf(found).map(({ area, title, kinds: own }) => (
          <Section key={area} title={title} flush>
            <Box component="ul" sx={{ listStyle: 'none', m: 0, p: 0 }}>
              {own.map(kind => (
                <KindRow key={kind.resource} kind={kind} organization={organization} counts={counts} />
              ))}
            </Box>
          </Section>
        ))}
      </Box>
    </PageFrame>
  );
}

function KindRow({
  kind,
  organization,
  counts,
}: {
  kind: KindInfo;
  organization: string;
  counts: Counts | undefined;
}) {
  return (
    <Box
      component="li"
      sx={{
        position: 'relative',
        display: 'grid',
        gridTemplateColumns: 'minmax(0, 1fr) auto',
        columnGap: 2,
        px: 2,
        py: 0.9,
        fontSize: 13,
        '& + &': { borderTop: 1, borderColor: 'divider' },
        '&:hover': { bgcolor: 'action.hover' },
      }}
    >
      <Box sx={{ minWidth: 0, display: 'flex', gap: 1, alignItems: 'baseline' }}>
        <Link
          to={explorerPath(organization, kind.plural)}
          color="text.primary"
          sx={{ fontWeight: 600, '&::after': { content: '""', position: 'absolute', inset: 0 } }}
        >
          {kind.kind}
        </Link>
        {lacksController(kind) && (
          <Typography component="span" sx={{ fontSize: 12, color: 'warning.main', whiteSpace: 'nowrap' }}>
            No controller installed
          </Typography>
        )}
      </Box>
      <CountOf kind={kind} counts={counts} />
      <Typography
        component="span"
        title={kind.summary}
        sx={{
          gridColumn: '1 / -1',
          fontSize: 12,
          color: 'text.secondary',
          overflow: 'hidden',
          textOverflow: 'ellipsis',
          whiteSpace: 'nowrap',
        }}
      >
        {kind.summary}
      </Typography>
    </Box>
  );
}

function CountOf({ kind, counts }: { kind: KindInfo; counts: Counts | undefined }) {
  const count = counts?.get(kind.resource);
  if (count === null) {
    return (
      <Box
        component="span"
        sx={{ color: 'text.secondary', fontSize: 12 }}
        title="Your role may not list them"
      >
        not yours to list
      </Box>
    );
  }
  return (
    <Box
      component="span"
      sx={{
        fontVariantNumeric: 'tabular-nums',
        color: count ? 'text.primary' : 'text.secondary',
        fontWeight: count ? 600 : 400,
      }}
    >
      {count?.toLocaleString('en') ?? ''}
    </Box>
  );
}
