/**
 * @jest-environment node
 */
import { TestFacade } from '@krate/plugin-control-plane-backend/testkit';
import { Team } from '@krate/plugin-control-plane-common';
import { KrateClient, KrateError, NoAnswerError, TimeoutError, WatchedChange } from '.';
import { examplesOf, runExample } from './__testUtils__/readmeExamples';

jest.setTimeout(60_000);

describe('@krate/client', () => {
  let facade: TestFacade;
  let krate: KrateClient;
  let token: string;
  const teams = () => krate.resources(Team, { organization: 'acme' });
  const team = (name: string, displayName = name) => ({ metadata: { name }, spec: { displayName } });

  beforeAll(async () => {
    facade = await TestFacade.start();
    await facade.organization('acme');
    const principal = { type: 'user', name: 'admin' } as const;
    const options = { principal, purpose: 'access', description: 'a test' } as const;
    ({ token } = await facade.plane.controlPlane.tokens.issue(options));
    krate = new KrateClient({ server: facade.plane.url, token: async () => token });
  });
  afterAll(() => facade.stop());

  it.each(examplesOf('README.md'))('README: %s', async (_title, code) => {
    const environment = { KRATE_SERVER: facade.plane.url, KRATE_TOKEN: token };
    await expect(runExample(code, environment)).resolves.toBeUndefined();
  });

  it('creates, finds, lists page by page, replaces and deletes', async () => {
    for (const name of ['a', 'b', 'c']) await teams().create(team(name));
    const { items } = await teams().list({ pageSize: 1 });
    expect(items.map(({ metadata }) => metadata.name)).toEqual(expect.arrayContaining(['a', 'b', 'c']));
    const a = await teams().get('a');
    await teams().update({ ...a, spec: { ...a.spec, displayName: 'A' } });
    await expect(teams().update(a)).rejects.toMatchObject({ status: 409, code: 'CONFLICT' });
    await teams().delete('a');
    expect(await teams().find('a')).toBeUndefined();
    await expect(teams().get('a')).rejects.toBeInstanceOf(KrateError);
  });

  it('tells fields at fault, of both APIs alike', async () => {
    const wrong = { kind: 'Team', metadata: { name: 'x' }, spec: { displayName: 7 } };
    const refusals = [
      teams().create(wrong as never),
      krate.call('applyResource', { path: { org: 'acme' }, body: wrong }),
    ];
    for (const refusal of refusals)
      await expect(refusal).rejects.toMatchObject({
        ...{ status: 422, code: 'INVALID' },
        reasons: [expect.objectContaining({ field: 'spec.displayName' })],
      });
  });

  it('goes on with a watch that breaks, and tells what happened meanwhile', async () => {
    let broken: (() => void) | undefined;
    const breakable = new KrateClient({
      ...{ server: facade.plane.url, token },
      fetch: async (input, init) => {
        const gone = new AbortController();
        const watches = String(input).includes('watch=true');
        if (watches) broken = () => gone.abort(new TypeError('terminated'));
        return fetch(input, {
          ...init,
          signal: AbortSignal.any([gone.signal, ...(init?.signal ? [init.signal] : [])]),
        });
      },
    });
    const stop = new AbortController();
    const seen: string[] = [];
    const watching = (async () => {
      const changes = breakable.resources(Team, { organization: 'acme' }).watch({ signal: stop.signal });
      for await (const { type, object } of changes as AsyncIterable<WatchedChange<Team>>) {
        seen.push(`${type} ${object.metadata.name}`);
        if (seen.includes('ADDED second')) stop.abort();
      }
    })();
    await facade.plane.client('admin').list(Team);
    while (!broken) await new Promise(resolve => setTimeout(resolve, 20));
    await teams().create(team('first'));
    while (!seen.includes('ADDED first')) await new Promise(resolve => setTimeout(resolve, 20));
    broken();
    await teams().create(team('second'));
    await watching;
    expect(seen.filter(each => each === 'ADDED first')).toHaveLength(1);
  });

  it('says when nothing answers, and when it waited in vain', async () => {
    const nobody = new KrateClient({ server: 'http://127.0.0.1:1' });
    await expect(nobody.call('getHealth', {})).rejects.toBeInstanceOf(NoAnswerError);
    await expect(nobody.resources(Team, { organization: 'acme' }).watch().next()).rejects.toBeInstanceOf(
      NoAnswerError,
    );
    await expect(teams().waitFor('nobody', () => true, { timeoutSeconds: 0.5 })).rejects.toBeInstanceOf(
      TimeoutError,
    );
  });
});
