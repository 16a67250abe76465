import { Webhook } from 'standardwebhooks';
import { WebhookSubscription } from '@krate/plugin-forge-common';
import { anObject } from '@krate/controller-runtime/testkit';
import { deliveryOf } from './deliveryOf';
import { payloadOf } from './HookEvent';
import { retryDelay } from './retryDelay';
import { signedHeaders } from './signMessage';
import { isListening, wantsEvent } from './wantsEvent';

describe('a signature', () => {
  const message = { id: 'msg_1', at: new Date(), body: '{"type":"ping"}' };
  const present = `whsec_${Buffer.alloc(32, 1).toString('base64')}`;
  const former = 'a secret of another kind';

  it.each([
    { reason: 'the convention’s form of a secret', secret: present, verify: () => new Webhook(present) },
    {
      reason: 'a secret that is just text',
      secret: former,
      verify: () => new Webhook(former, { format: 'raw' }),
    },
  ])('is what the library of the convention accepts: $reason', ({ secret, verify }) => {
    const headers = signedHeaders(message, [Buffer.from(secret)]);
    expect(verify().verify(message.body, headers)).toEqual({ type: 'ping' });
    expect(() => verify().verify(`${message.body} `, headers)).toThrow();
  });

  it('is made with both secrets while one replaces the other', () => {
    const headers = signedHeaders(message, [Buffer.from(present), Buffer.from(former)]);
    expect(headers['webhook-signature'].split(' ')).toHaveLength(2);
    expect(new Webhook(present).verify(message.body, headers)).toBeTruthy();
    expect(new Webhook(former, { format: 'raw' }).verify(message.body, headers)).toBeTruthy();
  });

  it('is absent for a listener without a secret', () => {
    expect(signedHeaders(message, [])).not.toHaveProperty('webhook-signature');
  });
});

describe('the wait before the next attempt', () => {
  const schedule = { maxRetries: 7 };
  it.each([
    { reason: 'soon after the first', policy: schedule, made: 1, from: 4_000, to: 6_000 },
    { reason: 'five minutes after the second', policy: schedule, made: 2, from: 240_000, to: 360_000 },
    { reason: 'hours in the end', policy: schedule, made: 7, from: 8 * 3_600_000, to: 12 * 3_600_000 },
    {
      reason: 'as long as the listener asks',
      policy: schedule,
      made: 1,
      asked: 120,
      from: 120_000,
      to: 120_000,
    },
    {
      reason: 'a day at most, whatever it asks',
      policy: schedule,
      made: 1,
      asked: 1e9,
      from: 24 * 3_600_000,
      to: 24 * 3_600_000,
    },
    {
      reason: 'doubling where it is set',
      policy: { maxRetries: 9, backoffMs: 1000 },
      made: 3,
      from: 3200,
      to: 4800,
    },
  ])('$reason', ({ policy, made, asked, from, to }) => {
    const waits = ['a', 'b', 'c'].map(seed => retryDelay(policy, made, seed, asked)!);
    expect(Math.min(...waits)).toBeGreaterThanOrEqual(from);
    expect(Math.max(...waits)).toBeLessThanOrEqual(to);
    expect(retryDelay(policy, made, 'a', asked)).toBe(waits[0]);
  });

  it('differs between deliveries, so that a listener that comes back is not overrun', () => {
    expect(retryDelay(schedule, 2, 'a')).not.toBe(retryDelay(schedule, 2, 'b'));
  });

  it('ends', () => {
    expect(retryDelay(schedule, 8, 'a')).toBeUndefined();
    expect(retryDelay({ maxRetries: 0 }, 1, 'a')).toBeUndefined();
  });
});

describe('a listener', () => {
  const listener = (spec: object = {}, status: object = {}) =>
    anObject(WebhookSubscription, { spec: { url: 'https://a.example', events: ['*'], ...spec }, status });

  it.each([
    { reason: 'everything', spec: { events: ['*'] }, type: 'run.failed', wanted: true },
    { reason: 'a family', spec: { events: ['run.*'] }, type: 'run.failed', wanted: true },
    {
      reason: 'not a family that begins alike',
      spec: { events: ['run.*'] },
      type: 'runner.x',
      wanted: false,
    },
    { reason: 'exactly one', spec: { events: ['run.failed'] }, type: 'run.failed', wanted: true },
    { reason: 'not another', spec: { events: ['run.failed'] }, type: 'run.succeeded', wanted: false },
    {
      reason: 'of its repositories',
      spec: { repositories: ['web'] },
      type: 'issue.created',
      in: ['api', 'web'],
      wanted: true,
    },
    {
      reason: 'not of others',
      spec: { repositories: ['web'] },
      type: 'issue.created',
      in: ['api'],
      wanted: false,
    },
    {
      reason: 'not of none, when it names some',
      spec: { repositories: ['web'] },
      type: 'project.created',
      wanted: false,
    },
  ])('wants $reason', ({ spec, type, in: repositories = [], wanted }) => {
    expect(wantsEvent(listener(spec), type, repositories)).toBe(wanted);
  });

  it('does not listen while it is paused, or disabled as it is', () => {
    expect(isListening(listener({ active: false }))).toBe(false);
    expect(isListening(listener({}, { disabled: { at: '', generation: 1, message: '' } }))).toBe(false);
    expect(isListening(listener({}, { disabled: { at: '', generation: 0, message: '' } }))).toBe(true);
  });

  it('gets the same delivery when the same event is told again, another one for a replay', () => {
    const message = { eventType: 'run.failed', eventId: 'msg_1', payload: '{}' };
    const first = deliveryOf(listener(), message);
    expect(deliveryOf(listener(), message)).toEqual(first);
    expect(deliveryOf(listener(), message, 'again').metadata.name).not.toBe(first.metadata.name);
    expect(deliveryOf(listener(), { ...message, eventId: 'msg_2' }).metadata.name).not.toBe(
      first.metadata.name,
    );
  });
});

describe('a message', () => {
  const object = (body: string): any => ({
    kind: 'Issue',
    metadata: {
      name: 'web-1',
      namespace: 'krate-org-acme',
      uid: 'u',
      resourceVersion: '3',
      managedFields: [{}],
    },
    spec: { body },
  });
  it('says what happened, when, and to what', () => {
    const payload = JSON.parse(payloadOf({ type: 'issue.created', object: object('x') }, new Date(0)));
    expect(payload).toMatchObject({
      type: 'issue.created',
      timestamp: '1970-01-01T00:00:00.000Z',
      data: { organization: 'acme', kind: 'Issue', name: 'web-1', object: { spec: { body: 'x' } } },
    });
    expect(payload.data.object.metadata).not.toHaveProperty('managedFields');
  });
  it('leaves a very long object to be read', () => {
    const text = payloadOf({ type: 'issue.created', object: object('x'.repeat(70_000)) }, new Date(0));
    expect(text.length).toBeLessThan(1000);
    expect(JSON.parse(text).data).toMatchObject({ name: 'web-1', objectLeftOut: expect.any(String) });
  });
});
