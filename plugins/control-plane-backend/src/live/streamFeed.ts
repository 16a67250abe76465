import { Principal, StreamService } from '@krate/plugin-control-plane-node';
import { KindRegistry } from '@krate/resource-model';
import { ResourceService } from '../resources';
import { resolveStream } from '../streams/resolveStream';
import { Feed } from './LiveConnection';
import { StreamSubscription } from './liveRequests';

/** The bytes of a stream as text from an offset on, then SEALED. Readable by whoever may get the owner. */
export function streamFeed(
  context: { service: ResourceService; kinds: KindRegistry; streams: StreamService },
  principal: Principal,
  { stream, offset }: StreamSubscription,
): Feed {
  const resolve = () => resolveStream(context, principal, stream);
  return {
    async run(send, signal) {
      let held = Buffer.alloc(0);
      for await (const chunk of context.streams.follow(await resolve(), { offset, signal })) {
        const start = chunk.offset - held.length;
        const bytes = Buffer.concat([held, chunk.data]);
        const end = completeLength(bytes);
        held = bytes.subarray(end);
        if (end > 0)
          await send(JSON.stringify({ type: 'DATA', offset: start, data: bytes.toString('utf8', 0, end) }));
      }
      if (!signal.aborted) await send('{"type":"SEALED"}');
    },
    async recheck() {
      await resolve();
    },
  };
}

/** How many bytes end with a whole UTF-8 character: what is cut is held back until its rest arrives. */
export function completeLength(bytes: Buffer): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back += 1) {
    const byte = bytes[bytes.length - back];
    if (byte < 0x80) return bytes.length;
    if (byte < 0xc0) continue;
    return back < lengthOf(byte) ? bytes.length - back : bytes.length;
  }
  return bytes.length;
}

/** How many bytes a character takes, by its first one. */
function lengthOf(first: number): number {
  if (first >= 0xf0) return 4;
  return first >= 0xe0 ? 3 : 2;
}
