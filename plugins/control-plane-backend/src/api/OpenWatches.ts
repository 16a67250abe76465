/** The watches this server streams at the moment, so that a shutdown can end them in good order. */
export class OpenWatches {
  private readonly open = new Set<() => void>();
  private closing = false;

  /** Registers what ends a watch. Returns how to take it out again. */
  add(close: () => void): () => void {
    if (this.closing) close();
    this.open.add(close);
    return () => this.open.delete(close);
  }

  get size(): number {
    return this.open.size;
  }

  /** Ends all, and every later one at once. */
  closeAll(): void {
    this.closing = true;
    for (const close of this.open) close();
  }
}
