import { eventually } from '@krate/plugin-control-plane-backend/testkit';
import { expectationOf } from './__testUtils__/expectationOf';
import { leaks, secretsOf, timeless, twinOf } from './__testUtils__/leaks';
import { facadeCells } from './__testUtils__/facadeCells';
import { inTurns } from './__testUtils__/inTurns';
import { listenLive } from './__testUtils__/listenLive';
import { requestOf } from './__testUtils__/requestOf';
import { Row } from './__testUtils__/Row';
import { routesOf } from './__testUtils__/routesOf';
import { Answer, send, Sent } from './__testUtils__/send';
import { CallerName, Stage, STRANGERS } from './__testUtils__/Stage';
import { Guarded, idleRows, tableOf } from './__testUtils__/tableOf';
import { useStage } from './__testUtils__/useStage';

jest.setTimeout(300_000);

const QUIET = { status: 200, text: '' };
/** Members first: what they find is what strangers must not find. */
const CALLERS: CallerName[] = ['reader', 'readOnly', 'platform', 'run', ...STRANGERS];

describe('every route of the backend', () => {
  const staged = useStage();
  let stage: Stage;
  let table: Guarded[];

  beforeAll(async () => {
    stage = staged();
    table = tableOf([...routesOf(stage.backend.app), ...(await describedRoutes())]);
  });

  /** Routes that an application hides from Express, and tells in its document. */
  async function describedRoutes(): Promise<string[]> {
    const sent = { method: 'GET', path: '/api/scaffolder/openapi.json' };
    const { text } = await send(stage, stage.callers.platform, sent);
    return Object.entries<object>(JSON.parse(text).paths).flatMap(([path, methods]) =>
      Object.keys(methods).map(method => `${method.toUpperCase()} ${path}`),
    );
  }

  it('has a row that says how it is guarded, and every row has a route', async () => {
    expect(table.filter(({ row }) => !row).map(({ route }) => route)).toEqual([]);
    expect(idleRows(table)).toEqual([]);
  });

  it('shows a member, where it lets them in, what strangers are kept from', async () => {
    const { home, callers } = stage;
    const showing = table.flatMap(({ route, row }) => (row?.shows ? [requestOf(route, row, home)] : []));
    const findsIt = (sent: Sent) =>
      eventually(
        () => send(stage, callers.reader, sent),
        ({ told }) => told.includes(home.org),
      );
    expect(await Promise.all(showing.map(findsIt))).toHaveLength(showing.length);
  });

  it.each(CALLERS)('answers as its row says, and tells nothing that is not theirs: %s', async name => {
    const faults = table.map(async ({ route, row }) => {
      if (!row) return [];
      const sent = requestOf(route, row, stage.home);
      const answer = await send(stage, stage.callers[name], sent);
      const found = await faultsOf(name, row, sent, answer);
      return found.map(fault => `${route}: ${answer.status}, ${fault} ${answer.text.slice(0, 200)}`);
    });
    expect((await Promise.all(faults)).flat()).toEqual([]);
  });

  it.each(STRANGERS)('gives no operation of the REST facade to whoever is outside: %s', async name => {
    const { text } = await send(stage, stage.callers.platform, { method: 'GET', path: '/api/openapi.json' });
    const inside = facadeCells(JSON.parse(text), stage.home).filter(({ sent }) =>
      sent.path.includes(stage.home.org),
    );
    expect(inside.length).toBeGreaterThan(20);
    const faults = await inTurns(inside, async ({ id, sent }) => {
      const answer = await send(stage, stage.callers[name], sent);
      const row: Row = { route: id, guard: 'organization', why: 'its members', streams: sent.streams };
      return (await faultsOf(name, row, sent, answer)).map(
        fault => `${id}: ${answer.status}, ${fault} ${answer.text}`,
      );
    });
    expect(faults.flat()).toEqual([]);
  });

  it.each(STRANGERS)('counts nothing for whoever is outside: %s', async name => {
    const sent = { method: 'GET', path: `/api/krate/counts?namespace=${stage.home.namespace}` };
    const answer = await send(stage, stage.callers[name], sent);
    expect(
      await faultsOf(name, { route: '', guard: 'open', why: 'what the caller may list' }, sent, answer),
    ).toEqual([]);
  });

  it('tells a live connection of a stranger nothing, of objects and of streams, then and later', async () => {
    const { home, callers, backend } = stage;
    const kinds = backend.controlPlane.kinds.all();
    const everything = [
      ...kinds.map(({ group, plural }) => ({ group, resource: plural, namespace: home.namespace })),
      ...kinds.map(({ group, plural }) => ({ group, resource: plural })),
      { stream: home.log, offset: 0 },
    ];
    const [stranger, reader] = await Promise.all([
      listenLive(stage, callers.stranger, everything),
      listenLive(stage, callers.reader, everything),
    ]);
    await eventually(
      async () => reader.heard(),
      heard => heard.includes(home.label) && heard.includes(home.note),
    );
    const repository = kinds.find(({ kind }) => kind === 'Repository')!;
    await backend.controlPlane.client.patch(
      repository,
      { namespace: home.namespace, name: 'web' },
      { metadata: { annotations: { said: 'later' } } },
    );
    await eventually(
      async () => reader.heard(),
      heard => heard.includes('"said":"later"'),
    );
    const told = leaks(
      stage,
      'stranger',
      { method: 'GET', path: home.namespace },
      { ...QUIET, told: stranger.heard() },
    );
    expect(told).toEqual([]);
    expect(stranger.heard()).not.toContain('"said":"later"');
    [stranger, reader].forEach(connection => connection.close());
  });

  async function faultsOf(name: CallerName, row: Row, sent: Sent, answer: Answer): Promise<string[]> {
    const unexpected = expectationOf(row, name)(answer.status) ? [] : ['unexpected status'];
    const outside = (STRANGERS as readonly string[]).includes(name);
    const told = outside
      ? leaks(stage, name, sent, answer)
      : secretsOf(stage.home).filter(value => answer.told.includes(value));
    const revealed =
      outside && !row.streams && !row.byWords && (await reveals(name, sent, answer))
        ? ['reveals existence']
        : [];
    return [...unexpected, ...told.map(word => `tells "${word}"`), ...revealed];
  }

  /** Whether an answer differs from what is answered about an organization that does not exist. */
  async function reveals(name: CallerName, sent: Sent, answer: Answer): Promise<boolean> {
    const twin = twinOf(stage, sent);
    if (twin.sent.path === sent.path && twin.sent.body === sent.body) return false;
    const other = await send(stage, stage.callers[name], twin.sent);
    return other.status !== answer.status || timeless(twin.real(other.text)) !== timeless(answer.text);
  }
});
