/** Lets so many pass at once for each key, the others in their order: one slow listener holds up nobody else's messages. */
export class Turnstile {
  private readonly inside = new Map<string, { count: number; waiting: (() => void)[] }>();

  constructor(private readonly limit: number) {}

  async pass<T>(key: string, work: () => Promise<T>): Promise<T> {
    const gate = this.inside.get(key) ?? { count: 0, waiting: [] };
    this.inside.set(key, gate);
    if (gate.count >= this.limit) await new Promise<void>(resolve => gate.waiting.push(resolve));
    else gate.count += 1;
    try {
      return await work();
    } finally {
      const next = gate.waiting.shift();
      if (next) next();
      else if (--gate.count === 0) this.inside.delete(key);
    }
  }
}
