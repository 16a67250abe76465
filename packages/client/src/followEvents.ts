import { KrateError, NoAnswerError } from './KrateError';
import { linesOf } from './linesOf';
import { pause } from './pause';

/** One event of an organization's stream. */
export interface OrganizationEvent {
  /** Where to resume from after it. */
  id: string;
  /** `resource-change`, `run.status.changed`, `reset`, … */
  type: string;
  payload: Record<string, unknown>;
}

const RETRY_MS = 500;
const SIGNS_OF_LIFE = ['connected', 'heartbeat'];

/** Reads server-sent events, and resumes where it was whenever the stream breaks. Signs of life are kept to itself. */
export async function* followEvents(
  open: (lastEventId: string | undefined) => Promise<Response>,
  { lastEventId, signal }: { lastEventId?: string; signal?: AbortSignal },
): AsyncGenerator<OrganizationEvent, void, undefined> {
  let position = lastEventId;
  let heard = false;
  while (!signal?.aborted) {
    try {
      let id = position ?? '';
      const answer = await open(position);
      heard = true;
      for await (const line of linesOf(answer)) {
        if (line.startsWith('id: ')) id = line.slice(4);
        if (!line.startsWith('data: ')) continue;
        const { type, payload } = JSON.parse(line.slice(6)) as Omit<OrganizationEvent, 'id'>;
        if (!SIGNS_OF_LIFE.includes(type)) yield { id, type, payload };
        // Only once the consumer has it: what broke in between is told again.
        position = id;
      }
    } catch (error) {
      if (signal?.aborted) return;
      const passing = error instanceof NoAnswerError || error instanceof TypeError;
      const busy = error instanceof KrateError && [429, 502, 503, 504].includes(error.status);
      if (!heard || (!passing && !busy)) throw error;
    }
    await pause(RETRY_MS, signal).catch(() => {});
  }
}
