import { principalName, Principal } from '@krate/plugin-control-plane-node';
import { ApiError } from '@krate/resource-model';
import type { Request } from 'express';

/** How much one caller may ask. */
export interface RequestLimit {
  /** What is given back every second. */
  perSecond: number;
  /** What may be asked at once after a pause. */
  burst: number;
}

interface Bucket {
  left: number;
  /** Milliseconds. */
  filled: number;
}

/** So that callers who come once do not stay in memory. */
const SWEEP_AT = 10_000;

/**
 * Keeps one caller from taking the server from all others: a bucket of requests for each person, automation and run, and
 * for each address that is not signed in. Refuses with 429 and `Retry-After`, as the priority and fairness of a kube-apiserver
 * does; clients wait and come again by themselves.
 */
export class RequestLimiter {
  private readonly buckets = new Map<string, Bucket>();
  private readonly counted = new WeakSet<Request>();

  constructor(
    private readonly limit: RequestLimit,
    private readonly now: () => number = Date.now,
  ) {}

  /**
   * Counts a request for whoever it turns out to be from; wrong credentials count for the address they come from. A request
   * that lasts is authenticated again and again, and counts once.
   *
   * @throws ApiError TooManyRequests
   */
  async admit<T extends { principal: Principal }>(
    request: Request,
    authenticate: () => Promise<T>,
  ): Promise<T> {
    if (this.counted.has(request)) return authenticate();
    this.counted.add(request);
    const address = `address ${request.ip ?? request.socket.remoteAddress}`;
    const found = await authenticate().catch(error => {
      this.take(address);
      throw error;
    });
    const { principal } = found;
    // The server's own parts ask for everybody.
    if (principal.type !== 'system')
      this.take(principal.type === 'anonymous' ? address : principalName(principal));
    return found;
  }

  /** @throws ApiError TooManyRequests */
  take(caller: string): void {
    const { perSecond, burst } = this.limit;
    const now = this.now();
    const bucket = this.buckets.get(caller) ?? { left: burst, filled: now };
    bucket.left = Math.min(burst, bucket.left + ((now - bucket.filled) / 1000) * perSecond);
    bucket.filled = now;
    if (this.buckets.size >= SWEEP_AT && !this.buckets.has(caller)) this.sweep(now);
    this.buckets.set(caller, bucket);
    if (bucket.left < 1) {
      throw new ApiError(
        'TooManyRequests',
        `More than ${perSecond} requests a second: wait, then ask again`,
        {
          retryAfterSeconds: Math.max(1, Math.ceil((1 - bucket.left) / perSecond)),
        },
      );
    }
    bucket.left -= 1;
  }

  /** Full buckets are as good as none. */
  private sweep(now: number): void {
    const { perSecond, burst } = this.limit;
    for (const [caller, { left, filled }] of this.buckets)
      if (left + ((now - filled) / 1000) * perSecond >= burst) this.buckets.delete(caller);
  }
}
