import { LeaseHolder, LeaseHolderOptions } from './LeaseHolder';
import { LeaseToken } from './LeaseStore';

/** What acts only while this process holds the lease. */
export interface Elected {
  start(): Promise<void>;
  /** Resolves when nothing of it acts any more. */
  stop(): Promise<void>;
}

/** Proof of one term in office. */
export interface Term {
  /** The token that writes carry. Throws `LeaseLostError` once the term is over or may be. */
  token(): LeaseToken;
}

/**
 * Lets exactly one of several processes act: each term begins with a newly made part, which knows nothing of earlier ones,
 * and ends with that part stopped. The next term here waits until it has.
 */
export class Election<Part extends Elected> {
  private readonly holder: LeaseHolder;
  private part?: Part;
  private ending: Promise<void> = Promise.resolve();
  private beginning: Promise<void> = Promise.resolve();
  private stopping?: Promise<void>;

  constructor(
    private readonly options: Omit<LeaseHolderOptions, 'gained' | 'lost'> & { create(term: Term): Part },
  ) {
    this.holder = new LeaseHolder({
      ...options,
      gained: token => {
        this.beginning = this.begin(token);
      },
      lost: () => this.end(),
    });
  }

  /** What acts here at the moment; undefined while another process has the lease. */
  get current(): Part | undefined {
    return this.part;
  }

  /** Resolves when it is known who acts; when that is this process, its part has started. */
  async start(): Promise<void> {
    await this.holder.start();
    await this.beginning;
  }

  /** Stops what acts here, then lets the next process begin at once. */
  async stop(): Promise<void> {
    this.stopping ??= this.shutDown();
    await this.stopping;
  }

  private async begin(token: LeaseToken): Promise<void> {
    await this.ending;
    const isOver = () => {
      try {
        this.holder.assertHeld(token);
        return this.stopping !== undefined;
      } catch {
        return true;
      }
    };
    if (isOver()) return;
    const part = this.options.create({
      token: () => {
        this.holder.assertHeld(token);
        return token;
      },
    });
    this.part = part;
    try {
      await part.start();
    } catch (error) {
      if (isOver()) return;
      this.options.logger.error(`What acts under the lease ${token.lease} did not start`, error as Error);
      await this.holder.resign();
    }
  }

  private end(): void {
    const { part } = this;
    this.part = undefined;
    if (!part) return;
    const before = this.ending;
    this.ending = Promise.all([before, part.stop()]).then(
      () => undefined,
      error =>
        this.options.logger.error('What acted under a lost lease did not stop cleanly', error as Error),
    );
  }

  private async shutDown(): Promise<void> {
    this.end();
    await this.ending;
    await this.holder.stop();
  }
}
