import { AuditEntry } from '@krate/plugin-control-plane-node';
import { RealRevisions, StagedStore, StoreError } from '@krate/resource-store';
import { Revision, RevisionLog } from '../history/RevisionLog';
import { ResourceServiceOptions } from './ServiceContext';

/** How often work is done anew when others write the same objects meanwhile. */
const ATTEMPTS = 5;

/** What has to be recorded once the writes stand. */
interface Gathered {
  audit: AuditEntry[];
  /** By uid, from the first state that was found to the last one that was made. */
  revisions: Map<string, { before: Revision; after: Revision }>;
}

/**
 * Does work whose writes stand all together or not at all. `work` sees its own writes; with `dryRun`, or when it throws,
 * nobody else ever does. Denials are recorded at once, the rest with the commit.
 */
export async function together<T>(
  options: ResourceServiceOptions,
  { dryRun }: { dryRun: boolean },
  work: (staged: ResourceServiceOptions) => Promise<T>,
): Promise<T> {
  for (let tried = 1; ; tried += 1) {
    const store = new StagedStore(options.store);
    const gathered: Gathered = { audit: [], revisions: new Map() };
    const result = await work({ ...options, store, ...recorders(options, gathered) });
    if (dryRun) return result;
    try {
      const realOf = await store.commit(real => options.audit.noteOf(entriesIn(gathered, real)));
      options.audit.noted();
      await record(options, gathered, version => String(realOf(Number(version))));
      return result;
    } catch (error) {
      const raced = error instanceof StoreError && ['conflict', 'already-exists'].includes(error.code);
      if (!raced || tried === ATTEMPTS) throw error;
    }
  }
}

function recorders({ audit, revisions }: ResourceServiceOptions, gathered: Gathered) {
  const later: RevisionLog = {
    record: async (uid, before, after) => {
      const first = gathered.revisions.get(uid)?.before ?? before;
      gathered.revisions.set(uid, { before: first, after });
    },
    list: uid => revisions?.list(uid) ?? Promise.resolve([]),
    // Nothing that is staged is ever deleted for good.
    forget: async () => undefined,
  };
  return {
    audit: {
      record: async (entry: AuditEntry) => {
        if (entry.outcome === 'allowed') gathered.audit.push(entry);
        else await audit.record(entry);
      },
      noteOf: (entries: readonly AuditEntry[]) => {
        gathered.audit.push(...entries);
        return undefined;
      },
      noted: () => {},
    },
    revisions: revisions && later,
  };
}

/** The entries with the revisions that the writes have taken. */
function entriesIn({ audit }: Gathered, realOf: RealRevisions): AuditEntry[] {
  return audit.map(({ details = {}, ...entry }) => ({
    ...entry,
    details: { ...details, resourceVersion: String(realOf(Number(details.resourceVersion))) },
  }));
}

/** The writes stand: what cannot be recorded now must not make them look failed. */
async function record(
  { revisions, logger }: ResourceServiceOptions,
  gathered: Gathered,
  versionOf: (provisional: unknown) => string,
): Promise<void> {
  try {
    for (const [uid, { before, after }] of gathered.revisions) {
      // What was made by this very work has no past.
      if (!StagedStore.isProvisional(Number(before.resourceVersion)))
        await revisions?.record(uid, before, { ...after, resourceVersion: versionOf(after.resourceVersion) });
    }
  } catch (error) {
    logger.error('Writes that stand could not be recorded', error as Error);
  }
}
