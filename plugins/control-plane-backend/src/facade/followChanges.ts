import { FollowedChange, Principal } from '@krate/plugin-control-plane-node';
import { ApiError, cloneJson, Kind, Resource } from '@krate/resource-model';
import { ResourceService, ResourceWatch } from '../resources';

/*
 * One watch a kind, merged into one sequence that can be resumed.
 *
 * Why positions. Revisions are one counter for all kinds, but the watches run apart: an event of one may be sent before an older
 * one of another. The position after an event is therefore the least revision up to which every kind has nothing left to send.
 * A client that resumes there gets some events again and loses none.
 */

/** Changes of several kinds in one namespace, as one principal may see them. */
export class ChangeFollower {
  private readonly feeds: Feed[];
  private readonly arrived: { change: FollowedChange; taken(): void }[] = [];
  private wake: () => void = () => {};
  private failure: unknown;
  private ended = false;

  constructor(
    private readonly options: {
      service: ResourceService;
      principal: Principal;
      namespace: string;
      kinds: readonly Kind[];
      from: number;
      signal: AbortSignal;
    },
  ) {
    this.feeds = options.kinds.map(kind => ({ kind, safe: options.from, held: false }));
  }

  /** Everything up to this revision was delivered, or does not concern the caller. */
  position(): number {
    return Math.min(
      ...this.feeds.map(feed =>
        feed.held || !feed.watch ? feed.safe : Math.max(feed.safe, feed.watch.progress()),
      ),
    );
  }

  /** @throws ApiError Expired when the position to resume from is no longer kept */
  async *changes(): AsyncGenerator<FollowedChange, void, undefined> {
    const { signal } = this.options;
    const stop = () => {
      this.ended = true;
      this.feeds.forEach(feed => feed.watch?.close());
      this.arrived.splice(0).forEach(({ taken }) => taken());
      this.wake();
    };
    signal.addEventListener('abort', stop, { once: true });
    if (signal.aborted) stop();
    this.feeds.forEach(feed =>
      this.run(feed).catch(error => {
        this.failure ??= error;
        this.wake();
      }),
    );
    try {
      while (!this.ended) {
        if (this.failure) throw this.failure;
        const next = this.arrived.shift();
        if (!next) {
          await new Promise<void>(resolve => (this.wake = resolve));
          continue;
        }
        yield next.change;
        next.taken();
      }
    } finally {
      signal.removeEventListener('abort', stop);
      stop();
    }
  }

  /** Goes on where a watch ended: the store ends those that fall behind. */
  private async run(feed: Feed): Promise<void> {
    const { service, principal, namespace } = this.options;
    while (!this.ended) {
      const watch = await service.watch({
        ...{ principal, kind: feed.kind, namespace },
        resourceVersion: String(feed.safe),
      });
      feed.watch = watch;
      if (this.ended) watch.close();
      for await (const { type, served } of watch) {
        feed.held = true;
        feed.safe = Math.max(feed.safe, served.stored.revision - 1);
        const object = cloneJson(served.object) as unknown as Resource;
        await this.deliver({ type, kind: feed.kind, object });
        feed.safe = Math.max(feed.safe, served.stored.revision);
        feed.held = false;
      }
      feed.safe = Math.max(feed.safe, watch.progress());
      feed.watch = undefined;
      await new Promise(resolve => setTimeout(resolve, 50));
    }
  }

  private deliver(change: FollowedChange): Promise<void> {
    if (this.ended) return Promise.resolve();
    return new Promise(resolve => {
      this.arrived.push({ change, taken: resolve });
      this.wake();
    });
  }
}

interface Feed {
  kind: Kind;
  watch?: ResourceWatch;
  /** Everything of this kind up to here was delivered. */
  safe: number;
  /** An event was taken from the watch and is not delivered yet. */
  held: boolean;
}

/** Whether a watch cannot be resumed where it was asked to be. */
export function isTooOld(error: unknown): boolean {
  return error instanceof ApiError && (error.reason === 'Expired' || error.reason === 'Gone');
}
