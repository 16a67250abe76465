import { EffectAborted } from '@krate/controller-runtime';
import { anObject, FakeResourceClient } from '@krate/controller-runtime/testkit';
import { forgeKinds, Issue, WebhookDelivery, WebhookSubscription } from '@krate/plugin-forge-common';
import { FollowProgress, followEventsEffect } from './followEventsEffect';

const NAMESPACE = 'krate-org-acme';
const silent = { warn() {}, info() {}, debug() {}, error() {} } as any;

describe('following events', () => {
  let client: FakeResourceClient;
  let reported: FollowProgress | undefined;
  let running: { abort: AbortController; done: Promise<unknown> } | undefined;

  const anIssue = (name: string) =>
    client.create(Issue, anObject(Issue, { metadata: { name }, spec: { title: name } }));

  beforeEach(async () => {
    client = new FakeResourceClient();
    reported = undefined;
    await anIssue('from-before');
    await client.create(
      WebhookSubscription,
      anObject(WebhookSubscription, {
        metadata: { name: 'chat' },
        spec: { url: 'https://a.example', events: ['issue.*'] },
      }),
    );
  });
  afterEach(() => stop());

  /** One process. `report` can be made to die with it. */
  function start({ reports = true } = {}) {
    const kinds = { all: () => forgeKinds, kind: () => undefined } as any;
    const effect = followEventsEffect({ client, kinds, logger: silent });
    const abort = new AbortController();
    const context = {
      signal: abort.signal,
      progress: reported,
      report: async (progress: FollowProgress) => {
        if (reports) reported = progress;
      },
    };
    const key = { id: 'k', owner: { kind: 'WebhookSubscription', name: 'chat', uid: 'u' } };
    const input = { namespace: NAMESPACE, name: 'chat', from: '2' };
    const done = effect.perform(key, input, context).catch(error => error);
    running = { abort, done };
  }
  async function stop() {
    running?.abort.abort(new EffectAborted('shutdown'));
    const ended = await running?.done;
    running = undefined;
    return ended;
  }
  const told = async () =>
    (await client.list(WebhookDelivery)).items.map(
      ({ spec }) => `${spec.eventType} ${spec.resourceRef?.name}`,
    );
  async function eventually(check: () => Promise<void> | void): Promise<void> {
    for (const end = Date.now() + 5000; ; await new Promise(resolve => setTimeout(resolve, 10))) {
      try {
        return await check();
      } catch (error) {
        if (Date.now() > end) throw error;
      }
    }
  }

  it('begins with the listener: what was before it is not told', async () => {
    await anIssue('a');
    start();
    await eventually(async () => expect(await told()).toEqual(['issue.created a']));
  });

  it('tells what happened while no process was there', async () => {
    start();
    await anIssue('a');
    await eventually(() => expect(reported?.versions.issues).toBeDefined());
    await stop();
    await client.patch(Issue, { namespace: NAMESPACE, name: 'a' }, { spec: { title: 'renamed' } });
    await client.delete(Issue, { namespace: NAMESPACE, name: 'a' });
    start();
    await eventually(async () =>
      expect((await told()).sort()).toEqual(['issue.created a', 'issue.deleted a', 'issue.edited a']),
    );
  });

  it('doubles nothing when the process died before it could say how far it was', async () => {
    start({ reports: false });
    await anIssue('a');
    await eventually(async () => expect(await told()).toEqual(['issue.created a']));
    await stop();
    start();
    await anIssue('b');
    await eventually(async () => expect(await told()).toHaveLength(2));
    expect((await told()).sort()).toEqual(['issue.created a', 'issue.created b']);
  });

  it('tells a paused listener nothing, neither then nor later', async () => {
    const chat = { namespace: NAMESPACE, name: 'chat' };
    await client.patch(WebhookSubscription, chat, { spec: { active: false } });
    start();
    await anIssue('a');
    await eventually(() => expect(reported?.versions.issues).toBeDefined());
    await client.patch(WebhookSubscription, chat, { spec: { active: true } });
    await anIssue('b');
    await eventually(async () => expect(await told()).toEqual(['issue.created b']));
  });

  it('says when events were forgotten before they could be told, and goes on from there', async () => {
    await anIssue('a');
    client.compact();
    start();
    await eventually(() => expect(reported?.missedAt).toBeDefined());
    await anIssue('b');
    await eventually(async () => expect(await told()).toEqual(['issue.created b']));
  });

  it('does not end by itself: a stop leaves it to the next process', async () => {
    start();
    expect(await stop()).toBeInstanceOf(EffectAborted);
  });
});
