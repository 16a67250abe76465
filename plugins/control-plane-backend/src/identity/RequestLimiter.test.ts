import { Principal } from '@krate/plugin-control-plane-node';
import type { Request } from 'express';
import { RequestLimiter } from './RequestLimiter';

describe('RequestLimiter', () => {
  let now = 0;
  const limiter = () => new RequestLimiter({ perSecond: 2, burst: 3 }, () => now);
  const from = (ip: string) => ({ ip, socket: {} }) as Request;
  const ada: Principal = { type: 'user', name: 'ada' };

  it('lets a burst pass, then as much as comes back each second', () => {
    const limit = limiter();
    for (let i = 0; i < 3; i++) limit.take('ada');
    expect(() => limit.take('ada')).toThrow(
      expect.objectContaining({ code: 429, details: { retryAfterSeconds: 1 } }),
    );
    now += 1000;
    limit.take('ada');
    limit.take('ada');
    expect(() => limit.take('ada')).toThrow(/More than 2 requests a second/);
  });

  it('never gives more than the burst, however long nobody asked', () => {
    const limit = limiter();
    limit.take('ada');
    now += 3_600_000;
    for (let i = 0; i < 3; i++) limit.take('ada');
    expect(() => limit.take('ada')).toThrow();
  });

  const as = (limit: RequestLimiter, principal: Principal, request: Request) =>
    limit.admit(request, async () => ({ principal }));

  it('counts each person apart, wherever they come from', async () => {
    const limit = limiter();
    for (let i = 0; i < 3; i++) await as(limit, ada, from(`10.0.0.${i}`));
    await expect(as(limit, ada, from('10.0.0.9'))).rejects.toMatchObject({ reason: 'TooManyRequests' });
    await expect(as(limit, { type: 'user', name: 'bob' }, from('10.0.0.1'))).resolves.toBeDefined();
  });

  it('counts strangers and wrong credentials by their address', async () => {
    const limit = limiter();
    const guess = (ip: string) => limit.admit(from(ip), () => Promise.reject(new Error('wrong')));
    for (let i = 0; i < 3; i++) await expect(guess('10.0.0.1')).rejects.toThrow('wrong');
    await expect(guess('10.0.0.1')).rejects.toMatchObject({ reason: 'TooManyRequests' });
    const stranger: Principal = { type: 'anonymous' };
    await expect(as(limit, stranger, from('10.0.0.1'))).rejects.toMatchObject({ reason: 'TooManyRequests' });
    await expect(as(limit, stranger, from('10.0.0.2'))).resolves.toEqual({ principal: stranger });
  });

  it('counts a request once that lasts and is looked at again', async () => {
    const limit = limiter();
    const lasting = from('10.0.0.1');
    for (let i = 0; i < 10; i++) await as(limit, ada, lasting);
    await expect(as(limit, ada, from('10.0.0.1'))).resolves.toBeDefined();
  });
});
