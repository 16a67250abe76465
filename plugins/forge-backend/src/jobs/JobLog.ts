import { StreamKey, StreamService, StreamSummary } from '@krate/plugin-control-plane-node';

/** Greatest log, in bytes. What comes after is read and left out, so that the job goes on. */
export const MAX_LOG_BYTES = 32 * 1024 * 1024;

/**
 * Writes the output of a job to its stream, in order, one append at a time: what comes while one is under way is gathered
 * and written by the next.
 */
export class JobLog {
  private pending: Buffer[] = [];
  private writing: Promise<void> = Promise.resolve();
  private busy = false;
  private failure: unknown;

  private constructor(
    private readonly streams: StreamService,
    private readonly key: StreamKey,
    /** Bytes accepted so far: the offset of what comes next. */
    private size: number,
  ) {}

  /** Goes on at the end of what an earlier attempt wrote. */
  static async open(streams: StreamService, key: StreamKey): Promise<JobLog> {
    const present = await streams.stat(key);
    return new JobLog(streams, key, present?.length ?? 0);
  }

  get offset(): number {
    return this.size;
  }

  write(data: string | Buffer): void {
    const room = MAX_LOG_BYTES - this.size;
    if (room <= 0) return;
    let bytes = typeof data === 'string' ? Buffer.from(data) : data;
    if (bytes.length >= room)
      bytes = Buffer.concat([
        bytes.subarray(0, room),
        Buffer.from('\n[krate] the log is full; the rest is left out\n'),
      ]);
    this.size += bytes.length;
    this.pending.push(bytes);
    if (!this.busy) this.writing = this.drain();
  }

  /** Resolves when all that was written is on disk. */
  async flush(): Promise<void> {
    await this.writing;
    if (this.failure) throw this.failure;
  }

  async seal(): Promise<StreamSummary> {
    await this.flush();
    return this.streams.seal(this.key);
  }

  private async drain(): Promise<void> {
    this.busy = true;
    try {
      while (this.pending.length > 0) {
        const batch = Buffer.concat(this.pending.splice(0));
        await this.streams.append(this.key, batch);
      }
    } catch (error) {
      this.failure ??= error;
      this.pending = [];
    } finally {
      this.busy = false;
    }
  }
}
