import { anObject, expectReconcilerLaws, reconcileOnce, SOME_TIME } from '@krate/controller-runtime/testkit';
import { Secret } from '@krate/plugin-control-plane-common';
import { WebhookDelivery, WebhookSubscription } from '@krate/plugin-forge-common';
import { webhookDeliveryReconciler } from './webhookDeliveryReconciler';
import { webhookSubscriptionReconciler } from './webhookSubscriptionReconciler';

const DAY = 24 * 60 * 60 * 1000;
const ago = (ms: number) => new Date(SOME_TIME.getTime() - ms).toISOString();
const listener = (spec: object = {}, rest: object = {}) =>
  anObject(WebhookSubscription, {
    metadata: { name: 'chat' },
    spec: { url: 'https://chat.example/hook', events: ['*'], ...spec },
    ...rest,
  });
const delivery = (status: object = {}, spec: object = {}) =>
  anObject(WebhookDelivery, {
    metadata: { name: 'chat-1' },
    spec: { subscription: 'chat', eventType: 'run.failed', eventId: 'msg_1', signature: 'v1', ...spec },
    status,
  });
const over = (result: object) => ({ state: 'Succeeded' as const, attempts: 1, result });
const condition = (result: any, type = 'Delivered') =>
  result.conditions?.find((one: any) => one.type === type);

describe('a delivery', () => {
  const given = (object: WebhookDelivery, effects: object = {}, subscription?: WebhookSubscription) =>
    ({ object, effects, reads: { subscription: subscription ?? listener() } }) as any;

  it.each([
    {
      reason: 'is sent',
      given: given(delivery()),
      phase: 'Delivering',
      why: 'Pending',
      effect: '0',
    },
    {
      reason: 'is accepted',
      given: given(delivery(), { 'send-webhook/0': over({ at: ago(5), status: 204, latencyMs: 3 }) }),
      phase: 'Delivered',
      why: 'Delivered',
    },
    {
      reason: 'waits for its next attempt',
      given: given(delivery(), {
        'send-webhook/0': over({ at: ago(5), status: 500, code: 'Rejected', error: 'It answered 500' }),
      }),
      phase: 'Retrying',
      why: 'Retrying',
      requeue: [3, 7],
    },
    {
      reason: 'waits as long as the listener asks',
      given: given(delivery(), {
        'send-webhook/0': over({
          at: ago(5),
          status: 429,
          code: 'Throttled',
          error: 'e',
          retryAfterSeconds: 600,
        }),
      }),
      phase: 'Retrying',
      why: 'Retrying',
      requeue: [600, 600],
    },
    {
      reason: 'is tried again once its time has come',
      given: given(
        delivery({
          phase: 'Retrying',
          attempts: [{ at: ago(9000), code: 'TimedOut' }],
          nextAttemptAt: ago(1),
        }),
      ),
      phase: 'Delivering',
      why: 'Retrying',
      effect: '1',
    },
    {
      reason: 'is given up after the last attempt',
      given: given(
        delivery({ attempts: [{ at: ago(9000), code: 'TimedOut', error: 'x' }] }),
        { 'send-webhook/1': over({ at: ago(1), code: 'TimedOut', error: 'No answer' }) },
        listener({ retryPolicy: { maxRetries: 1 } }),
      ),
      phase: 'Failed',
      why: 'TimedOut',
    },
    {
      reason: 'is given up at once where the listener is gone',
      given: given(delivery(), {
        'send-webhook/0': over({ at: ago(1), status: 410, code: 'Gone', error: 'gone' }),
      }),
      phase: 'Failed',
      why: 'Gone',
    },
    {
      reason: 'counts an attempt that broke',
      requeue: [3, 7],
      given: given(delivery(), { 'send-webhook/0': { state: 'Failed', attempts: 5, finishedAt: ago(1) } }),
      phase: 'Retrying',
      why: 'Retrying',
    },
    {
      reason: 'is not sent to a paused listener',
      given: given(delivery(), {}, listener({ active: false })),
      phase: 'Failed',
      why: 'SubscriptionPaused',
    },
    {
      reason: 'is not sent to a disabled listener',
      given: given(
        delivery(),
        {},
        listener({}, { status: { disabled: { at: ago(1), generation: 1, message: 'm' } } }),
      ),
      phase: 'Failed',
      why: 'SubscriptionDisabled',
    },
  ])('$reason', ({ given: situation, phase, why, effect, requeue }) => {
    const result: any = reconcileOnce(webhookDeliveryReconciler, situation);
    expect(result.status.phase).toBe(phase);
    expect(condition(result).reason).toBe(why);
    expect(result.effects?.map(({ key }: any) => key)).toEqual(effect ? [effect] : undefined);
    const [soonest, latest] = requeue ?? [0, 0];
    expect(result.requeueAfter ?? 0).toBeGreaterThanOrEqual(soonest);
    expect(result.requeueAfter ?? 0).toBeLessThanOrEqual(latest);
    expectReconcilerLaws(webhookDeliveryReconciler, situation);
  });

  it('does not start before its time', () => {
    const waiting = delivery({
      phase: 'Retrying',
      attempts: [{ at: ago(1) }],
      nextAttemptAt: new Date(SOME_TIME.getTime() + 9000).toISOString(),
    });
    expect(reconcileOnce(webhookDeliveryReconciler, given(waiting))).toEqual({ requeueAfter: 9 });
  });

  it('is made again when somebody asks for a replay: the same message, once', () => {
    const asked = delivery({ phase: 'Failed' }, { payload: '{}', replay: { requestedAt: ago(1) } });
    const result: any = reconcileOnce(webhookDeliveryReconciler, given(asked));
    expect(result.apply[0].object.spec).toMatchObject({
      eventId: 'msg_1',
      payload: '{}',
      replayOf: 'chat-1',
    });
    expect(result.status.replayedAs).toBe(result.apply[0].object.metadata.name);
    const done = delivery({ phase: 'Failed', replayedAs: 'chat-2' }, asked.spec);
    expect(reconcileOnce(webhookDeliveryReconciler, given(done))).toEqual({});
  });
});

describe('a listener', () => {
  const given = (object: WebhookSubscription, deliveries: WebhookDelivery[] = [], secret?: Secret) =>
    ({ object, reads: { deliveries, secret } }) as any;
  const tried = (...attempts: object[]) => delivery({ attempts });
  const signing = { secretRef: { name: 'hook', key: 'signingKey' } };
  const secretWith = (key: string) => anObject(Secret, { spec: { data: { [key]: '' } } as never });

  it.each([
    { reason: 'is told without a signature', given: given(listener()), phase: 'Active', ready: 'Delivering' },
    { reason: 'is paused', given: given(listener({ active: false })), phase: 'Paused', ready: 'Paused' },
    {
      reason: 'lacks its secret',
      given: given(listener({ signing })),
      phase: 'Active',
      ready: 'SecretMissing',
    },
    {
      reason: 'lacks a key in it',
      given: given(listener({ signing }), [], secretWith('other')),
      phase: 'Active',
      ready: 'KeyMissing',
    },
    {
      reason: 'has what it needs',
      given: given(listener({ signing }), [], secretWith('signingKey')),
      phase: 'Active',
      ready: 'Delivering',
    },
    {
      reason: 'fails',
      given: given(listener(), [tried({ at: ago(DAY), code: 'TimedOut' })]),
      phase: 'Failing',
      ready: 'Failing',
    },
    {
      reason: 'has recovered',
      given: given(listener(), [
        tried({ at: ago(6 * DAY), code: 'TimedOut' }, { at: ago(DAY), status: 200 }),
      ]),
      phase: 'Active',
      ready: 'Delivering',
    },
    {
      reason: 'has failed for days',
      given: given(listener(), [
        tried({ at: ago(9 * DAY), status: 200 }),
        tried({ at: ago(6 * DAY), code: 'TimedOut' }, { at: ago(DAY), code: 'TimedOut' }),
      ]),
      phase: 'Disabled',
      ready: 'Disabled',
    },
    {
      reason: 'says that it is gone',
      given: given(listener(), [tried({ at: ago(5), status: 410, code: 'Gone' })]),
      phase: 'Disabled',
      ready: 'Disabled',
    },
    {
      reason: 'was enabled again by a change of its spec, and starts afresh',
      given: given(listener({}, { status: { disabled: { at: ago(DAY), generation: 0, message: 'm' } } }), [
        tried({ at: ago(6 * DAY), code: 'TimedOut' }, { at: ago(5), status: 410, code: 'Gone' }),
      ]),
      phase: 'Active',
      ready: 'Delivering',
    },
  ])('$reason', ({ given: situation, phase, ready }) => {
    const result: any = reconcileOnce(webhookSubscriptionReconciler, situation);
    expect(result.status.phase).toBe(phase);
    expect(condition(result, 'Ready').reason).toBe(ready);
    expect(result.effects).toEqual([expect.objectContaining({ name: 'follow-events', key: 'follow' })]);
    expectReconcilerLaws(webhookSubscriptionReconciler, situation);
  });

  it('is sent one ping for each time somebody asks', () => {
    const asked = listener({ test: { id: 'a', requestedAt: ago(1) } });
    const result: any = reconcileOnce(webhookSubscriptionReconciler, given(asked));
    expect(result.apply[0].object.spec).toMatchObject({ eventType: 'ping', subscription: 'chat' });
    expect(result.status.testedId).toBe('a');
    const answered = listener(asked.spec, { status: result.status });
    expect(reconcileOnce(webhookSubscriptionReconciler, given(answered)).apply).toBeUndefined();
  });
});
