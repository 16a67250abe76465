import Box from '@mui/material/Box';
import { useVirtualizer } from '@tanstack/react-virtual';
import { forwardRef, ReactNode, useImperativeHandle, useRef } from 'react';

export interface VirtualLinesHandle {
  scrollTo(index: number, align: 'start' | 'center' | 'end'): void;
}

export interface VirtualLinesProps {
  count: number;
  label: string;
  /** CSS length: the most it may take; fewer lines take less. */
  height: string;
  renderLine(index: number): ReactNode;
  /** Whether the reader is at the end; called when that changes by scrolling. */
  onAtEnd?(atEnd: boolean): void;
  /** Expected height of a line in pixels; true heights are measured. */
  estimate?: number;
}

/** Draws of many lines only those in view; lines may have any height. */
export const VirtualLines = forwardRef<VirtualLinesHandle, VirtualLinesProps>(function Lines(
  { count, label, height, renderLine, onAtEnd, estimate = 18 },
  ref,
) {
  const scroller = useRef<HTMLDivElement>(null);
  const virtualizer = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => estimate,
    overscan: 20,
    initialRect: { width: 800, height: 600 },
  });
  useImperativeHandle(
    ref,
    () => ({ scrollTo: (index, align) => virtualizer.scrollToIndex(index, { align }) }),
    [virtualizer],
  );

  const lastTop = useRef(0);
  const onScroll = () => {
    const { scrollTop, clientHeight, scrollHeight } = scroller.current!;
    const atEnd = scrollHeight - scrollTop - clientHeight < 24;
    // Only a scroll upwards leaves the end: new lines make the content longer without anyone moving.
    if (atEnd) onAtEnd?.(true);
    else if (scrollTop < lastTop.current) onAtEnd?.(false);
    lastTop.current = scrollTop;
  };
  return (
    <Box
      ref={scroller}
      tabIndex={0}
      role="log"
      aria-live="off"
      aria-label={label}
      onScroll={onScroll}
      sx={{ maxHeight: height, overflow: 'auto', py: 1 }}
    >
      <Box sx={{ height: virtualizer.getTotalSize(), position: 'relative' }}>
        {virtualizer.getVirtualItems().map(item => (
          <div
            key={item.key}
            data-index={item.index}
            ref={virtualizer.measureElement}
            style={{ position: 'absolute', insetInline: 0, top: 0, transform: `translateY(${item.start}px)` }}
          >
            {renderLine(item.index)}
          </div>
        ))}
      </Box>
    </Box>
  );
});
