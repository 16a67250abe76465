const WINDOW_MS = 60_000;

/**
 * Bounds what nobody can be held to: refusals of requests without credentials, which anybody may send without end. So many
 * per minute are recorded one by one, the rest as a number.
 */
export class AnonymousDenials {
  private start = 0;
  private count = 0;
  private suppressed = 0;
  private timer?: ReturnType<typeof setTimeout>;

  constructor(
    private readonly options: {
      perMinute: number;
      /** Called at the end of a minute in which some were left out. */
      summarize(suppressed: number): void;
      now?(): number;
    },
  ) {}

  /** Whether this one is recorded by itself. */
  admit(): boolean {
    const now = this.options.now?.() ?? Date.now();
    if (now - this.start >= WINDOW_MS) {
      this.flush();
      this.start = now;
      this.count = 0;
    }
    this.count += 1;
    if (this.count <= this.options.perMinute) return true;
    this.suppressed += 1;
    this.timer ??= setTimeout(() => this.flush(), WINDOW_MS - (now - this.start)).unref();
    return false;
  }

  /** Reports what was left out so far. */
  flush(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    const left = this.suppressed;
    this.suppressed = 0;
    if (left > 0) this.options.summarize(left);
  }
}
