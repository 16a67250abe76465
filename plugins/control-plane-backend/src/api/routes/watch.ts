import { randomInt } from 'node:crypto';
import { clearInterval, clearTimeout, setInterval, setTimeout } from 'node:timers';
import { ApiError } from '@krate/resource-model';
import type { Response } from 'express';
import { ResourceWatch } from '../../resources';
import { pinnedName } from '../../resources/selectors';
import { ResourceCall } from '../ApiCall';
import { encodeBookmark, encodeError, encodeEvent } from '../encodeEvent';
import { negotiate } from '../negotiate';
import { count, flag, selectionOf } from '../options';
import { includeObjectOf, View } from '../representations';

/*
 * A watch over HTTP: one JSON object per line, flushed as it happens.
 *
 * What holds. Headers go out at once and nothing compresses or transforms the stream (a compressor would hold events back).
 * Each event is on the wire before the next is asked for, so a bookmark never overtakes one. A client that does not
 * read for the stall timeout is cut off; up to then at most the store's buffer of events waits for it. The stream ends in
 * good order at its timeout and when the server stops, and the client watches again from the last version it saw. It ends the
 * same way once its credentials or the right to watch are gone: the next watch is told why.
 */

/** Without a timeout of its own a watch lasts 30 to 60 minutes, so that clients spread anew after a restart. */
const DEFAULT_TIMEOUT = [30 * 60, 60 * 60] as const;
/** The longest timer Node has, in seconds. */
const LONGEST_TIMEOUT = 2 ** 31 / 1000 - 1;

function startWatch({ context, principal, query, path }: ResourceCall): Promise<ResourceWatch> {
  const { kind, namespace, name } = path;
  const selection = selectionOf(kind, query);
  const one = name ? [{ path: 'metadata.name', value: name }] : [];
  return context.service.watch({
    principal,
    kind,
    namespace,
    labels: selection.labels,
    fields: [...(selection.fields ?? []), ...one],
    resourceVersion: query.get('resourceVersion') ?? undefined,
    resourceVersionMatch: query.get('resourceVersionMatch') || undefined,
    sendInitialEvents: flag(query, 'sendInitialEvents'),
  });
}

function wantsInitialEnd(query: URLSearchParams): boolean {
  return flag(query, 'sendInitialEvents') === true && flag(query, 'allowWatchBookmarks') === true;
}

function open(res: Response): void {
  res.status(200).set({
    'Content-Type': 'application/json',
    'Cache-Control': 'no-cache, no-transform',
    'X-Accel-Buffering': 'no',
  });
  res.flushHeaders();
}

class WatchStream {
  private first = true;
  private sent = 0;
  private bookmarked = 0;

  constructor(
    private readonly call: ResourceCall,
    private readonly watch: ResourceWatch,
    private readonly view: View,
    private readonly markInitialEnd: boolean,
  ) {}

  async run(kind: ResourceCall['path']['kind']): Promise<void> {
    const { context, res, query } = this.call;
    const close = () => this.watch.close();
    const forget = context.watches.add(close);
    const timeout = setTimeout(close, timeoutOf(query) * 1000);
    const bookmarks = flag(query, 'allowWatchBookmarks')
      ? setInterval(() => this.bookmark(), context.bookmarkInterval)
      : undefined;
    const recheck = setInterval(
      () => void this.recheck().then(holds => holds || close()),
      context.recheckInterval,
    );
    res.once('close', close);
    open(res);
    try {
      await this.initialEnd();
      for await (const event of this.watch) {
        // Every turn that is not waited for counts, times the number of clients.
        const full = this.write(encodeEvent(kind, event, this.presentView(), this.first));
        if (full) await full;
        this.first = false;
        this.sent += 1;
        if (this.markInitialEnd) await this.initialEnd();
      }
      res.end();
    } catch (error) {
      this.fail(error);
    } finally {
      forget();
      clearTimeout(timeout);
      clearInterval(bookmarks);
      clearInterval(recheck);
      close();
    }
  }

  /** Only a table tells ages, counted to now. */
  private presentView(): View {
    return this.view.as === 'Table' ? { ...this.view, now: this.call.context.now() } : this.view;
  }

  /** Whether whoever opened this may still watch. What cannot be asked at the moment is asked again later. */
  private async recheck(): Promise<boolean> {
    const { context, req, principal, path } = this.call;
    const { kind, namespace } = path;
    const name = path.name ?? pinnedName(selectionOf(kind, this.call.query).fields);
    const attributes = { verb: 'watch', group: kind.group, resource: kind.plural, namespace, name };
    try {
      await context.authenticate(req);
      return (await context.authorizer.authorize(principal, attributes)).allowed;
    } catch (error) {
      return !(error instanceof Error) || !['Unauthorized', 'AuthenticationError'].includes(reasonOf(error));
    }
  }

  private async initialEnd(): Promise<void> {
    if (!this.markInitialEnd || this.sent !== this.watch.initialEvents) return;
    await this.write(encodeBookmark(this.call.path.kind, this.watch.progress(), this.view, true));
  }

  /** Between events only: a stream that waits for its client gets none. */
  private bookmark(): void {
    const { res, path } = this.call;
    const revision = this.watch.progress();
    if (this.sent < this.watch.initialEvents || revision === this.bookmarked || res.writableNeedDrain) return;
    this.bookmarked = revision;
    res.write(encodeBookmark(path.kind, revision, this.view));
  }

  private write(line: Buffer): Promise<void> | void {
    const { res, context } = this.call;
    if (res.destroyed || res.write(line)) return undefined;
    return new Promise(resolve => {
      const cutOff = setTimeout(() => {
        context.logger.info(
          `A watch of ${this.call.path.kind.resource} was cut off: its client does not read`,
        );
        res.destroy();
      }, context.stallTimeout);
      const done = () => {
        clearTimeout(cutOff);
        res.off('drain', done);
        res.off('close', done);
        resolve();
      };
      res.once('drain', done);
      res.once('close', done);
    });
  }

  private fail(error: unknown): void {
    const { res, context } = this.call;
    const known = error instanceof ApiError;
    if (!known)
      context.logger.error('A watch failed', error instanceof Error ? error : new Error(String(error)));
    const refusal = known
      ? error
      : new ApiError('InternalError', 'The watch failed: the log of the server says more');
    res.end(encodeError(refusal.toStatus()));
  }
}

function reasonOf(error: Error): string {
  return error instanceof ApiError ? error.reason : error.name;
}

function timeoutOf(query: URLSearchParams): number {
  return Math.min(count(query, 'timeoutSeconds') || randomInt(...DEFAULT_TIMEOUT), LONGEST_TIMEOUT);
}

/** GET of a collection (or of one object, by its name) with `watch=true`. */
export async function watchRoute(call: ResourceCall): Promise<void> {
  const { context, req, query, path } = call;
  const view = {
    ...negotiate(req.headers.accept, 'stream'),
    includeObject: includeObjectOf(query),
    now: context.now(),
  };
  let watch: ResourceWatch;
  try {
    watch = await startWatch(call);
  } catch (error) {
    if (!(error instanceof ApiError) || error.reason !== 'Expired') throw error;
    // As a kube-apiserver: the stream begins, and its first event says that the version is gone.
    open(call.res);
    call.res.end(encodeError(error.toStatus()));
    return;
  }
  await new WatchStream(call, watch, view, wantsInitialEnd(query)).run(path.kind);
}
