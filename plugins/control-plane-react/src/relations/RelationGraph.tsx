import Box from '@mui/material/Box';
import { useTheme } from '@mui/material/styles';
import { Link } from '../components/Link';
import { MONOSPACE } from '../components/tokens';
import { toneOf } from '../components/tone';
import { RelationNode, Relations } from '@krate/plugin-control-plane-common';
import { placeNodes, PlacedNode } from './relations';

const NODE = { width: 208, height: 52 };
const GAP = { x: 88, y: 14 };
const PAD = 12;

/**
 * Objects as cards in columns and their relations as lines: what refers on the left, what is referred to on the right. The
 * cards are links; the same is told as text beside it, so the lines say nothing to screen readers.
 */
export function RelationGraph({
  relations,
  pathOf,
}: {
  relations: Relations;
  /** Where a card leads; undefined: nowhere. */
  pathOf(node: RelationNode): string | undefined;
}) {
  const placed = placeNodes(relations);
  const heights = columnsOf(placed);
  const tallest = Math.max(...heights.values());
  const width = heights.size * (NODE.width + GAP.x) - GAP.x + 2 * PAD;
  const height = tallest * (NODE.height + GAP.y) - GAP.y + 2 * PAD;
  const at = new Map(
    placed.map(({ node, column, row }) => {
      const offset = ((tallest - heights.get(column)!) * (NODE.height + GAP.y)) / 2;
      const x = PAD + column * (NODE.width + GAP.x);
      return [node.id, { x, y: PAD + offset + row * (NODE.height + GAP.y) }] as const;
    }),
  );
  return (
    <Box
      role="group"
      aria-label="Graph of relations"
      // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls, also by keyboard
      tabIndex={0}
      sx={{ overflow: 'auto', maxHeight: 560 }}
    >
      <Box sx={{ position: 'relative', width, height, mx: 'auto' }}>
        <Lines relations={relations} at={at} width={width} height={height} />
        {placed.map(({ node }, index) => (
          <Card
            key={node.id}
            node={node}
            start={node === relations.nodes[0]}
            at={at.get(node.id)!}
            index={index}
            to={pathOf(node)}
          />
        ))}
      </Box>
    </Box>
  );
}

type Places = ReadonlyMap<string, { x: number; y: number }>;

function columnsOf(placed: readonly PlacedNode[]): Map<number, number> {
  const heights = new Map<number, number>();
  placed.forEach(({ column }) => heights.set(column, (heights.get(column) ?? 0) + 1));
  return heights;
}

function Lines({
  relations,
  at,
  width,
  height,
}: {
  relations: Relations;
  at: Places;
  width: number;
  height: number;
}) {
  const { palette } = useTheme();
  const pairs = new Map(relations.edges.map(edge => [`${edge.from} ${edge.to} ${edge.type}`, edge]));
  return (
    <svg width={width} height={height} aria-hidden style={{ position: 'absolute', inset: 0 }}>
      <defs>
        <marker
          id="relation-end"
          viewBox="0 0 8 8"
          refX="7"
          refY="4"
          markerWidth="7"
          markerHeight="7"
          orient="auto"
        >
          <path d="M0,0 L8,4 L0,8 z" fill={palette.text.secondary} />
        </marker>
      </defs>
      {[...pairs].map(([key, { from, to, type }]) => {
        const a = at.get(from);
        const b = at.get(to);
        if (!a || !b) return null;
        return (
          <path
            key={key}
            d={curve(a, b)}
            fill="none"
            stroke={palette.text.secondary}
            strokeOpacity={0.7}
            strokeWidth={1.25}
            strokeDasharray={type === 'owner' ? '5 4' : undefined}
            markerEnd="url(#relation-end)"
          />
        );
      })}
    </svg>
  );
}

/** From the right of one card to the left of the other; backwards, and within a column, around the cards. */
function curve(a: { x: number; y: number }, b: { x: number; y: number }): string {
  const middle = NODE.height / 2;
  if (b.x > a.x) {
    const [x1, y1, x2, y2] = [a.x + NODE.width, a.y + middle, b.x, b.y + middle];
    const bend = Math.max(30, (x2 - x1) / 2);
    return `M${x1},${y1} C${x1 + bend},${y1} ${x2 - bend},${y2} ${x2},${y2}`;
  }
  const [x1, y1, x2, y2] = [a.x + NODE.width, a.y + middle, b.x + NODE.width, b.y + middle];
  return `M${x1},${y1} C${x1 + 50},${y1} ${x2 + 50},${y2} ${x2},${y2}`;
}

function Card({
  node,
  start,
  at,
  index,
  to,
}: {
  node: RelationNode;
  start: boolean;
  at: { x: number; y: number };
  index: number;
  to: string | undefined;
}) {
  const { palette } = useTheme();
  const status = statusOf(node);
  const tones = {
    good: palette.success.main,
    busy: palette.info.main,
    attention: palette.warning.main,
    bad: palette.error.main,
    quiet: palette.divider,
  };
  return (
    <Box
      data-node={index}
      title={[`${node.kind} ${node.name}`, node.ready?.message].filter(Boolean).join(': ')}
      sx={{
        position: 'absolute',
        left: at.x,
        top: at.y,
        width: NODE.width,
        height: NODE.height,
        px: 1.25,
        py: 0.75,
        borderRadius: 1,
        border: 1,
        borderColor: start ? 'primary.main' : 'divider',
        borderStyle: node.uid ? 'solid' : 'dashed',
        boxShadow: start ? `0 0 0 1px ${palette.primary.main}` : undefined,
        borderLeft: `4px solid ${node.uid ? tones[toneOf(status)] : palette.divider}`,
        bgcolor: 'background.paper',
        '&:hover': { bgcolor: 'background.default' },
      }}
    >
      <Box sx={{ fontSize: 11, color: 'text.secondary', display: 'flex', gap: 1, whiteSpace: 'nowrap' }}>
        <span>{node.kind}</span>
        <Box component="span" sx={{ ml: 'auto', overflow: 'hidden', textOverflow: 'ellipsis' }}>
          {node.uid ? status : 'not found'}
        </Box>
      </Box>
      <Box
        sx={{
          fontFamily: MONOSPACE,
          fontSize: 12.5,
          overflow: 'hidden',
          textOverflow: 'ellipsis',
          whiteSpace: 'nowrap',
        }}
      >
        {to && !start ? (
          <Link
            to={to}
            color="text.primary"
            sx={{ '&::after': { content: '""', position: 'absolute', inset: 0 } }}
          >
            {node.name}
          </Link>
        ) : (
          node.name
        )}
      </Box>
    </Box>
  );
}

/** The word a node is shown with: its phase, else whether it is ready. */
export function statusOf({ phase, ready }: RelationNode): string | undefined {
  if (phase) return phase;
  if (!ready) return undefined;
  return ready.status === 'True' ? 'Ready' : ready.reason;
}
