/** An unbounded-looking queue between a producer that can be paused and one async iteration. */
export class RecordQueue<T> implements AsyncIterable<T> {
  private items: T[] = [];
  private ended = false;
  private failure: unknown;
  private wake: (() => void) | undefined;

  constructor(
    private readonly high: number,
    private readonly onFull: () => void,
    private readonly onDrained: () => void,
  ) {}

  push(item: T) {
    this.items.push(item);
    if (this.items.length === this.high) this.onFull();
    this.wake?.();
  }

  /** No more items follow; with an error, the iteration throws it after the items. */
  end(failure?: unknown) {
    this.ended = true;
    this.failure = failure;
    this.wake?.();
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<T> {
    for (;;) {
      const batch = this.items;
      this.items = [];
      if (batch.length >= this.high) this.onDrained();
      yield* batch;
      if (this.items.length > 0) continue;
      if (this.ended) break;
      await new Promise<void>(resolve => {
        this.wake = resolve;
      });
      this.wake = undefined;
    }
    if (this.failure) throw this.failure;
  }
}
