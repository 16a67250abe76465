import { ScriptedServer } from '../testing/ScriptedServer';
import { LiveConnection, LiveEvent, LiveState } from './LiveConnection';

const until = async (condition: () => boolean) => {
  const end = Date.now() + 4000;
  while (!condition()) {
    if (Date.now() > end) throw new Error('did not happen within 4 s');
    await new Promise(resolve => setTimeout(resolve, 5));
  }
};

function setUp() {
  const server = new ScriptedServer();
  const live = new LiveConnection(async () => 'http://krate/api/krate', server.fetch);
  return { server, live };
}

function follow(live: LiveConnection, resource = 'repositories') {
  const events: LiveEvent[] = [];
  let restarts = 0;
  const stop = live.subscribe({
    request: () => ({ group: 'krate.a5c.ai', resource, namespace: 'krate-org-acme' }),
    receive: event => events.push(event),
    restart: () => restarts++,
  });
  return { events, stop, restarts: () => restarts };
}

describe('LiveConnection', () => {
  it('subscribes all views of one render with one request over one connection', async () => {
    const { server, live } = setUp();
    const views = [follow(live), follow(live, 'pullrequests')];
    await until(() => server.requests.length > 0);
    expect(server.connections).toHaveLength(1);
    expect(server.requests).toHaveLength(1);
    expect(server.requests[0].subscribe.map(({ resource }) => resource)).toEqual([
      'repositories',
      'pullrequests',
    ]);
    views.forEach(({ stop }) => stop());
  });

  it('gives each view its own events and no others', async () => {
    const { server, live } = setUp();
    const one = follow(live);
    const two = follow(live, 'pullrequests');
    await until(() => server.requests.length > 0);
    server.last.send({ id: server.requests[0].subscribe[1].id, type: 'SYNCED' });
    await until(() => two.events.length > 0);
    expect(one.events).toEqual([]);
    one.stop();
    two.stop();
  });

  it('reconnects after a break, restarts every view and subscribes all of them again', async () => {
    const { server, live } = setUp();
    const states: LiveState[] = [];
    live.onState(state => states.push(state));
    const view = follow(live);
    await until(() => server.requests.length === 1);
    server.refuseConnections = 1;
    server.last.drop();
    await until(() => server.requests.length === 2);
    expect(view.restarts()).toBeGreaterThanOrEqual(1);
    expect(server.requests[1]).toMatchObject({ connection: 'c2', subscribe: [{ resource: 'repositories' }] });
    expect(states).toEqual(['live', 'lost', 'live']);
    view.stop();
  });

  it('subscribes views that came while the connection was lost', async () => {
    const { server, live } = setUp();
    const first = follow(live);
    await until(() => server.requests.length === 1);
    server.last.drop();
    await until(() => live.state === 'lost');
    const second = follow(live, 'pullrequests');
    await until(() => server.requests.length === 2);
    expect(server.requests[1].subscribe).toHaveLength(2);
    first.stop();
    second.stop();
  });

  it('says so and makes a new connection when the server does not know the old one any more', async () => {
    const { server, live } = setUp();
    server.subscriptionStatus = 404;
    const view = follow(live);
    await until(() => view.events.length > 0);
    expect(view.events[0]).toMatchObject({ type: 'ERROR' });
    server.subscriptionStatus = 200;
    await until(() => server.connections.length === 2 && server.requests.length === 2);
    view.stop();
  });

  it('begins one list anew when its history is gone, and tells nobody', async () => {
    const { server, live } = setUp();
    const view = follow(live);
    await until(() => server.requests.length === 1);
    const [{ id }] = server.requests[0].subscribe;
    server.last.send({ id, type: 'ERROR', status: { code: 410, message: 'too old' } });
    await until(() => server.requests.length === 2);
    expect(server.requests[1].subscribe[0].id).toBe(id);
    expect(view.events).toEqual([]);
    expect(view.restarts()).toBe(1);
    view.stop();
  });

  it('tells the server about views that ended', async () => {
    const { server, live } = setUp();
    const one = follow(live);
    const two = follow(live, 'pullrequests');
    await until(() => server.requests.length === 1);
    one.stop();
    await until(() => server.requests.length === 2);
    expect(server.requests[1]).toMatchObject({
      subscribe: [],
      unsubscribe: [server.requests[0].subscribe[0].id],
    });
    two.stop();
  });
});
