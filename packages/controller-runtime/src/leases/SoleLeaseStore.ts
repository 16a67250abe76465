import { LeaseStore, LeaseToken } from './LeaseStore';

/**
 * Leases where one process owns the data, as with SQLite, whose file is locked: the contract of {@link LeaseStore} without a
 * database. A lease ends with the process, so a restart after a crash waits for nothing.
 */
export class SoleLeaseStore implements LeaseStore {
  private readonly leases = new Map<string, { epoch: number; held: boolean }>();

  async acquire(lease: string): Promise<number | undefined> {
    const known = this.leases.get(lease);
    if (known?.held) return undefined;
    const epoch = (known?.epoch ?? 0) + 1;
    this.leases.set(lease, { epoch, held: true });
    return epoch;
  }

  async renew(token: LeaseToken): Promise<boolean> {
    return this.isHeld(token);
  }

  async release(token: LeaseToken): Promise<void> {
    if (this.isHeld(token)) this.leases.set(token.lease, { epoch: token.epoch, held: false });
  }

  private isHeld({ lease, epoch }: LeaseToken): boolean {
    const known = this.leases.get(lease);
    return known?.held === true && known.epoch === epoch;
  }
}
