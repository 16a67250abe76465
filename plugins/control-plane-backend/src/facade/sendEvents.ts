import { drained } from '@krate/plugin-control-plane-node';
import { EventStream, ServerEvent } from '@krate/resource-model';
import type { Response } from 'express';

/** How the stream is kept: what a beat asks first, and how often it comes. */
export interface StreamKeeping {
  heartbeatMs: number;
  /** Whether the caller may still read; asked at every beat. */
  holds(): Promise<boolean>;
}

/**
 * Answers server-sent events until the source ends, the client goes, or it may no longer read; the source is one that ends when
 * the response closes. Nothing compresses or buffers the stream, and each event is on its way before the next is asked for.
 */
export async function sendEvents(
  response: Response,
  stream: EventStream,
  { heartbeatMs, holds }: StreamKeeping,
): Promise<void> {
  response.status(200).set({
    'Content-Type': 'text/event-stream; charset=utf-8',
    'Cache-Control': 'no-cache, no-transform',
    'X-Accel-Buffering': 'no',
  });
  response.flushHeaders();
  const send = async (event: ServerEvent) => {
    if (!response.writableEnded && !response.destroyed && !response.write(encoded(event)))
      await drained(response);
  };
  const beat = async () => {
    if (!(await holds())) response.end();
    // One that does not read gets no beats on top.
    else if (!response.writableNeedDrain)
      await send({ id: stream.position(), type: 'heartbeat', payload: {} });
  };
  const timer = setInterval(() => void beat(), heartbeatMs);
  try {
    await send({ id: stream.position(), type: 'connected', payload: {} });
    for await (const event of stream.events) await send(event);
  } finally {
    clearInterval(timer);
    response.end();
  }
}

function encoded({ id, type, payload }: ServerEvent): string {
  return `${id === undefined ? '' : `id: ${id}\n`}data: ${JSON.stringify({ type, payload })}\n\n`;
}
