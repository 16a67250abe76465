import { useApi } from '@backstage/core-plugin-api';
import { RelationNode, Relations } from '@krate/plugin-control-plane-common';
import {
  EmptyState,
  explorerPath,
  groupRelations,
  KindInfo,
  krateApiRef,
  Link,
  pathOf,
  Problem,
  RelatedObject,
  RelationGraph,
  RelationGroup,
  Section,
  SkeletonRows,
  statusOf,
  StatusChip,
  useOrganization,
} from '@krate/plugin-control-plane-react';
import { Resource } from '@krate/resource-model';
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import ToggleButton from '@mui/material/ToggleButton';
import ToggleButtonGroup from '@mui/material/ToggleButtonGroup';
import Typography from '@mui/material/Typography';
import { useEffect, useState } from 'react';

const TITLES: Record<RelationGroup, string> = {
  refers: 'Refers to',
  referred: 'Referred to by',
  owners: 'Owned by',
  owned: 'Owns',
};

/** What the object has to do with others: as a graph, and the same as text. */
export function RelationsPart({ kind, object }: { kind: KindInfo; object: Resource }) {
  const { organization } = useOrganization();
  const [depth, setDepth] = useState<1 | 2>(1);
  const { relations, error } = useRelations(kind, object, depth);
  const to = (node: RelationNode) =>
    node.uid ? explorerPath(organization, node.plural, node.name) : undefined;
  if (error && !relations) return <Problem error={error} title="The relations could not be read" />;
  if (!relations) return <SkeletonRows rows={8} />;
  const groups = groupRelations(relations);
  const alone = relations.nodes.length === 1;
  return (
    <Box sx={{ display: 'grid', gap: 2, minWidth: 0 }}>
      <Section
        title="Graph"
        action={
          <ToggleButtonGroup
            exclusive
            size="small"
            value={depth}
            aria-label="How far"
            onChange={(_, steps) => steps && setDepth(steps)}
          >
            <ToggleButton value={1} sx={{ py: 0.25 }}>
              Neighbours
            </ToggleButton>
            <ToggleButton value={2} sx={{ py: 0.25 }}>
              Two steps
            </ToggleButton>
          </ToggleButtonGroup>
        }
      >
        {alone ? (
          <EmptyState title="It has nothing to do with another object">
            References from and to it, its owners and what it owns would be drawn here.
          </EmptyState>
        ) : (
          <RelationGraph relations={relations} pathOf={to} />
        )}
        {relations.truncated && (
          <Alert severity="info" variant="outlined" sx={{ mt: 2, py: 0 }}>
            There are more related objects than are shown; their lists have all of them.
          </Alert>
        )}
      </Section>
      {!alone && (
        <Box
          sx={{
            display: 'grid',
            gap: 2,
            gridTemplateColumns: { xs: 'minmax(0, 1fr)', lg: 'repeat(2, minmax(0, 1fr))' },
            alignItems: 'start',
          }}
        >
          {(Object.keys(TITLES) as RelationGroup[])
            .filter(group => groups[group].length > 0)
            .map(group => (
              <Section key={group} title={TITLES[group]} flush>
                <RelatedList related={groups[group]} pathOf={to} />
              </Section>
            ))}
        </Box>
      )}
    </Box>
  );
}

function RelatedList({
  related,
  pathOf: to,
}: {
  related: readonly RelatedObject[];
  pathOf(node: RelationNode): string | undefined;
}) {
  return (
    <Box component="ul" sx={{ listStyle: 'none', m: 0, p: 0 }}>
      {related.map(({ node, paths }) => {
        const path = to(node);
        return (
          <Box
            component="li"
            key={node.id}
            sx={{
              px: 2,
              py: 0.75,
              fontSize: 13,
              display: 'flex',
              gap: 1.5,
              alignItems: 'center',
              '& + &': { borderTop: 1, borderColor: 'divider' },
            }}
          >
            <Box component="span" sx={{ color: 'text.secondary', minWidth: 130 }}>
              {node.kind}
            </Box>
            <Box component="span" sx={{ fontWeight: 600, overflowWrap: 'anywhere' }}>
              {path ? <Link to={path}>{node.name}</Link> : node.name}
            </Box>
            <Typography
              variant="caption"
              color="text.secondary"
              sx={{ ml: 'auto', overflowWrap: 'anywhere' }}
            >
              {[...new Set(paths)].join(', ')}
            </Typography>
            <StatusChip status={node.uid ? statusOf(node) : 'Missing'} title={node.ready?.message} />
          </Box>
        );
      })}
    </Box>
  );
}

/** Read again when the object changes; what was drawn stays meanwhile. */
function useRelations(
  kind: KindInfo,
  { metadata }: Resource,
  depth: number,
): { relations?: Relations; error?: Error } {
  const api = useApi(krateApiRef);
  const [state, setState] = useState<{ relations?: Relations; error?: Error }>({});
  const { namespace, name, resourceVersion } = metadata;
  useEffect(() => {
    let current = true;
    const timer = setTimeout(
      () =>
        api
          .request(`${pathOf(kind, namespace, name)}/relations?depth=${depth}`)
          .then(response => response.json())
          .then(
            relations => current && setState({ relations }),
            error => current && setState(known => ({ ...known, error })),
          ),
      // An object that changes many times a second is not asked about each time.
      100,
    );
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [api, kind, namespace, name, resourceVersion, depth]);
  return state;
}
