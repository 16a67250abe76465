import { Problem, SkeletonRows, VirtualLines, VirtualLinesHandle } from '@krate/plugin-control-plane-react';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Typography from '@mui/material/Typography';
import { useEffect, useRef, useState } from 'react';
import { TranscriptEntry } from './TranscriptEntry';
import { TranscriptView } from './TranscriptModel';
import { usePrinting } from './usePrinting';

/** A printed report of more blocks than this helps nobody, and would hold the browser for long. */
const PRINTED = 2000;

export interface TranscriptProps {
  transcript: TranscriptView & { sealed: boolean; loading: boolean; error?: Error };
  /** Said while nothing was written: why, and what comes. */
  empty: string;
  /** CSS length. */
  height?: string;
}

/** What an agent said and did, live: virtual, following the end until the reader scrolls away, printed as a whole. */
export function Transcript({ transcript, empty, height = '64vh' }: TranscriptProps) {
  const { items, sealed, loading, error } = transcript;
  const [follow, setFollow] = useState(true);
  const [opened, setOpened] = useState<ReadonlyMap<string, boolean>>(new Map());
  const handle = useRef<VirtualLinesHandle>(null);
  // What was complete when it was opened is read from its beginning.
  const wasLive = useRef(false);
  const printing = usePrinting();

  useEffect(() => {
    if (!sealed && items.length > 0) wasLive.current = true;
    if (follow && items.length > 0 && wasLive.current) handle.current?.scrollTo(items.length - 1, 'end');
  }, [follow, sealed, items]);

  const entry = (index: number) => {
    const item = items[index];
    return (
      <TranscriptEntry
        item={item}
        open={opened.get(item.key)}
        onToggle={open => setOpened(new Map(opened).set(item.key, open))}
      />
    );
  };

  if (error && items.length === 0) return <Problem error={error} title="The transcript could not be read" />;
  if (loading) return <SkeletonRows rows={8} />;
  if (items.length === 0) {
    return (
      <Typography variant="body2" color="text.secondary" sx={{ p: 2 }}>
        {empty}
      </Typography>
    );
  }
  if (printing)
    return (
      <Box>
        {items.slice(0, PRINTED).map((item, index) => (
          <div key={item.key}>{entry(index)}</div>
        ))}
      </Box>
    );
  return (
    <Box>
      {error && <Problem error={error} title="The transcript ended early" />}
      <VirtualLines
        ref={handle}
        count={items.length}
        label="Transcript"
        height={height}
        estimate={56}
        onAtEnd={setFollow}
        renderLine={entry}
      />
      <Box
        sx={{
          display: 'flex',
          alignItems: 'center',
          px: 2,
          minHeight: 36,
          borderTop: 1,
          borderColor: 'divider',
        }}
      >
        <Typography variant="caption" color="text.secondary" role="status">
          {items.length.toLocaleString('en')} {items.length === 1 ? 'entry' : 'entries'} ·{' '}
          {sealed ? 'complete' : 'live'}
        </Typography>
        {!follow && (
          <Button
            size="small"
            sx={{ ml: 'auto' }}
            onClick={() => {
              setFollow(true);
              handle.current?.scrollTo(items.length - 1, 'end');
            }}
          >
            {sealed ? 'To the end' : 'Follow'}
          </Button>
        )}
      </Box>
    </Box>
  );
}
