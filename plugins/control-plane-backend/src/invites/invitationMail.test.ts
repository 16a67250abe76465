import { once } from 'node:events';
import { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { Invite } from '@krate/plugin-control-plane-common';
import { SMTPServer } from 'smtp-server';
import { eventually, manifest, TestPlane } from '../__testUtils__/TestPlane';

jest.setTimeout(60_000);

/** A real SMTP server on loopback that keeps what it takes. */
class Postbox {
  readonly taken: { to: string[]; mail: string }[] = [];
  /** What it answers to further recipients; absent: it takes them. */
  refuses?: { code: number; words: string };
  private readonly server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onRcptTo: (_address, _session, done) => done(this.refusal()),
    onData: (stream, { envelope }, done) => {
      void text(stream).then(mail => {
        this.taken.push({ to: envelope.rcptTo.map(({ address }) => address), mail });
        done();
      });
    },
  });

  async start(): Promise<number> {
    this.server.listen(0, '127.0.0.1');
    await once(this.server.server, 'listening');
    return (this.server.server.address() as AddressInfo).port;
  }

  async stop(): Promise<void> {
    await new Promise<void>(resolve => {
      this.server.close(resolve);
    });
  }

  private refusal(): Error | undefined {
    return this.refuses && Object.assign(new Error(this.refuses.words), { responseCode: this.refuses.code });
  }
}

describe('invitations where mail is configured', () => {
  const postbox = new Postbox();
  let plane: TestPlane;
  let acme: string;
  beforeAll(async () => {
    const port = await postbox.start();
    const transportConfig = { transport: 'smtp', hostname: '127.0.0.1', port };
    plane = await TestPlane.start({
      config: {
        auth: { providers: { local: {} } },
        notifications: { processors: { email: { sender: 'Krate <krate@acme.example>', transportConfig } } },
      },
    });
    acme = await plane.organization('acme');
    await plane.member(acme, 'boss', 'admin');
  });
  afterAll(async () => {
    await plane?.stop();
    await postbox.stop();
  });
  afterEach(() => {
    postbox.refuses = undefined;
  });

  const invite = (name: string, spec: object = {}) =>
    plane
      .client('boss')
      .create(Invite, manifest(Invite, acme, name, { email: `${name}@acme.example`, ...spec }));
  const mailsTo = (name: string) => postbox.taken.filter(({ to }) => to.includes(`${name}@acme.example`));
  const waitingFor = async (name: string) => {
    const found = await plane.client('boss').get(Invite, { namespace: acme, name });
    return found?.status?.conditions?.find(({ type }) => type === 'Accepted')?.message;
  };

  it('are mailed once, with a link that works', async () => {
    await invite('grace', { displayName: 'Grace', message: 'Welcome!' });
    await eventually(async () => expect(await waitingFor('grace')).toBe('A link was sent by mail'));
    const [{ mail, to }, ...more] = mailsTo('grace');
    expect([to, more]).toEqual([['grace@acme.example'], []]);
    const plain = mail.replace(/=\r\n/g, '').replace(/=3D/g, '=');
    expect(plain).toContain('Welcome!');
    const [, token] = /\/invitation#(krate_v_[\w-]+)/.exec(plain)!;
    const accepted = await plane
      .http()
      .post('/api/krate/invitations/accept')
      .send({ token, userName: 'grace' });
    expect(accepted.body).toMatchObject({ organization: 'acme', user: 'grace' });
    // Whatever else changes, nobody is written to again.
    await plane
      .client('boss')
      .patch(Invite, { namespace: acme, name: 'grace' }, { spec: { message: 'Again' } });
    expect(mailsTo('grace')).toHaveLength(1);
  });

  it('are tried again while the server is busy, and mailed once then', async () => {
    postbox.refuses = { code: 451, words: 'busy' };
    await invite('lin');
    await new Promise(resolve => setTimeout(resolve, 300));
    expect(mailsTo('lin')).toEqual([]);
    postbox.refuses = undefined;
    await eventually(async () => expect(await waitingFor('lin')).toBe('A link was sent by mail'), 30_000);
    expect(mailsTo('lin')).toHaveLength(1);
  });

  it('say so when the address is refused for good', async () => {
    postbox.refuses = { code: 550, words: 'no such mailbox' };
    await invite('nobody');
    await eventually(async () => expect(await waitingFor('nobody')).toMatch(/refused: .*no such mailbox/));
  });

  it.each([
    { reason: 'configured', who: 'boss', want: { status: 200, body: { mails: true } } },
    { reason: 'not told to strangers', who: undefined, want: { status: 401 } },
  ])('tell the portal that mail is $reason', async ({ who, want }) => {
    expect(await plane.http(who).get('/api/krate/invitations')).toMatchObject(want);
  });
});

it('invitations are not mailed where no mail is configured', async () => {
  const plane = await TestPlane.start();
  const { body } = await plane.http('admin').get('/api/krate/invitations');
  expect(body).toEqual({ mails: false });
  await plane.stop();
});
