import { Kind, Resource } from '@krate/resource-model';
import { compareRevisions } from '../revisions';
import { Informers } from './Informers';

/**
 * Remembers, per reconciled object, the newest revision this process wrote of each kind, so that no reconciler acts on
 * its own stale past: creating a child twice because the first is not in the cache yet, or deciding from a status that
 * it has already replaced.
 */
export class OwnWrites {
  /** Object (`resource` and key) -> written kind's `resource` -> revision. */
  private readonly newest = new Map<string, Map<string, { kind: Kind; revision: string }>>();

  constructor(private readonly informers: Informers) {}

  /** `owner` names the reconciled object; `written` is what the server answered. */
  note(owner: string, kind: Kind, written: Resource): void {
    const revision = written.metadata.resourceVersion;
    const informer = this.informers.find(kind);
    if (!informer || informer.includes(revision)) return;
    const writes = this.newest.get(owner) ?? new Map();
    const before = writes.get(kind.resource);
    if (before && compareRevisions(before.revision, revision) >= 0) return;
    writes.set(kind.resource, { kind, revision });
    this.newest.set(owner, writes);
  }

  /** Absent when the caches include all own writes for this object, else a promise of that. */
  catchingUp(owner: string): Promise<void> | undefined {
    const writes = this.newest.get(owner);
    if (!writes) return undefined;
    const behind = [...writes.values()].filter(
      ({ kind, revision }) => !this.informers.find(kind)!.includes(revision),
    );
    if (behind.length === 0) {
      this.newest.delete(owner);
      return undefined;
    }
    const reached = behind.map(({ kind, revision }) => this.informers.find(kind)!.reached(revision));
    return Promise.all(reached).then(() => undefined);
  }
}
