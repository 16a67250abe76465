import { setTimeout as sleep } from 'node:timers/promises';
import { ResourceClient, Wake } from '@krate/controller-runtime';
import { AgentDispatchRun } from '@krate/plugin-agents-common';
import { PoolQueue } from '../reconcilers/run/RunContext';

const FIRST_RETRY_MS = 250;
const LONGEST_RETRY_MS = 30_000;

interface Entry {
  namespace: string;
  name: string;
  pool: string;
  working: boolean;
  queuedAt: string;
}

/**
 * The runs that work or wait, by pool: the few that matter to a queue among all that ever ran. Kept by a watch, so that
 * the end of a run costs one look at its queue and not one at every run of the organization.
 */
export class ActiveRuns {
  private readonly entries = new Map<string, Entry>();
  private readonly stopped = new AbortController();

  constructor(
    private readonly options: { client: ResourceClient; wake: Wake; onError(error: unknown): void },
  ) {}

  /** Resolves once every run there is has been seen. */
  async start(): Promise<void> {
    void this.follow(await this.list());
  }

  stop(): void {
    this.stopped.abort();
  }

  /** How many runs of its pool work now or wait since before it. A run that waits for a person takes no place. */
  queueOf(run: AgentDispatchRun): PoolQueue {
    const own = entryOf(run);
    if (!own) return { ahead: 0 };
    const others = [...this.entries].filter(
      ([uid, entry]) => uid !== run.metadata.uid && samePool(entry, own),
    );
    return { ahead: others.filter(([, entry]) => entry.working || isBefore(entry, own)).length };
  }

  /** Until it is stopped: a watch that breaks is told of, and begun anew from a list, later and later while it fails. */
  private async follow(since: string | undefined): Promise<void> {
    const { signal } = this.stopped;
    let delay = FIRST_RETRY_MS;
    for (let from = since; !signal.aborted; from = undefined) {
      try {
        const resourceVersion = from ?? (await this.list());
        const events = this.options.client.watch(AgentDispatchRun, { signal, resourceVersion });
        for await (const { type, object } of events) {
          delay = FIRST_RETRY_MS;
          if (type === 'DELETED') this.drop(object.metadata.uid);
          else if (type !== 'BOOKMARK') this.see(object);
        }
      } catch (error) {
        if (!signal.aborted) this.options.onError(error);
      }
      await sleep(delay, undefined, { signal, ref: false }).catch(() => {});
      delay = Math.min(delay * 2, LONGEST_RETRY_MS);
    }
  }

  /** Sees every run there is, and drops those that went while nobody watched. Says from where to watch on. */
  private async list(): Promise<string | undefined> {
    const { items, resourceVersion } = await this.options.client.list(AgentDispatchRun);
    const present = new Set(items.map(({ metadata }) => metadata.uid));
    for (const uid of [...this.entries.keys()]) if (!present.has(uid)) this.drop(uid);
    items.forEach(run => this.see(run));
    return resourceVersion;
  }

  private see(run: AgentDispatchRun): void {
    const entry = entryOf(run);
    const before = this.entries.get(run.metadata.uid);
    if (entry) this.entries.set(run.metadata.uid, entry);
    if (before && (!entry || (before.working && !entry.working))) this.drop(run.metadata.uid, entry);
  }

  /** A place became free: whoever waits for one looks again. */
  private drop(uid: string, replacement?: Entry): void {
    const gone = this.entries.get(uid);
    if (replacement) this.entries.set(uid, replacement);
    else this.entries.delete(uid);
    for (const entry of this.entries.values()) {
      if (gone && !entry.working && samePool(entry, gone))
        this.options.wake(AgentDispatchRun, { namespace: entry.namespace, name: entry.name });
    }
  }
}

function entryOf({ metadata, status }: AgentDispatchRun): Entry | undefined {
  if (!status?.runnerPool || (status.phase !== 'Queued' && status.phase !== 'Running')) return undefined;
  return {
    namespace: metadata.namespace!,
    name: metadata.name,
    pool: status.runnerPool,
    working: status.phase === 'Running',
    queuedAt: status.queuedAt ?? '',
  };
}

function samePool(a: Entry, b: Entry): boolean {
  return a.namespace === b.namespace && a.pool === b.pool;
}

function isBefore(a: Entry, b: Entry): boolean {
  return a.queuedAt < b.queuedAt || (a.queuedAt === b.queuedAt && a.name < b.name);
}
