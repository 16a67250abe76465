import { ResourceClient, Wake } from '@krate/controller-runtime';
import { AgentDispatchRun } from '@krate/plugin-agents-common';
import { PoolQueue } from '../reconcilers/run/RunContext';

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
    const { items } = await this.options.client.list(AgentDispatchRun);
    items.forEach(run => this.see(run));
    this.follow().catch(error => this.options.onError(error));
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

  private async follow(): Promise<void> {
    for await (const { type, object } of this.options.client.watch(AgentDispatchRun, {
      signal: this.stopped.signal,
    })) {
      if (type === 'DELETED') this.drop(object.metadata.uid);
      else if (type !== 'BOOKMARK') this.see(object);
    }
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
