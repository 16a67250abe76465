import { AuthContext, Connection, PublicKeyAuthContext, Session, utils } from 'ssh2';
import { LoggerService } from '@backstage/backend-plugin-api';
import { ResourceClient } from '@krate/controller-runtime';
import { SSHKey } from '@krate/plugin-forge-common';
import { gitProtocol } from '../transport/gitProtocol';
import { KeyIndex } from './KeyIndex';
import { principalOfKey } from './principalOfKey';
import { runGitCommand, GitCommandOptions } from './runGitCommand';

const LOGIN_MS = 30_000;
/** Keys that one connection may offer; an agent that holds more is told to name one. */
const MAX_ATTEMPTS = 20;

export interface SshConnectionOptions extends GitCommandOptions {
  client: Pick<ResourceClient, 'list'>;
  index: KeyIndex;
  logger: LoggerService;
}

/** One client: who it is, by a key that some organization knows, and the git commands it sends. Nothing else is served. */
export class SshConnection {
  private attempts = 0;
  private keys: SSHKey[] = [];

  constructor(
    private readonly options: SshConnectionOptions,
    private readonly connection: Connection,
  ) {}

  serve(): void {
    const late = setTimeout(() => this.connection.end(), LOGIN_MS);
    this.connection
      .on('authentication', context => {
        this.authenticate(context).catch(error => {
          this.options.logger.warn(`A key could not be looked up: ${error}`);
          context.reject();
        });
      })
      .on('ready', () => clearTimeout(late))
      .on('session', accept => this.open(accept()))
      // Clients that go away, scan or speak nonsense: there is nobody to tell.
      .on('error', () => this.connection.end())
      .on('close', () => clearTimeout(late));
  }

  private async authenticate(context: AuthContext): Promise<void> {
    this.attempts += 1;
    if (this.attempts > MAX_ATTEMPTS) return this.end(context);
    if (context.method !== 'publickey' || context.username !== 'git') return context.reject(['publickey']);
    const keys = await this.knownKeys(context);
    // Without a signature it only asks whether the key would do.
    if (keys.length === 0 || (context.signature && !proves(context, keys[0])))
      return context.reject(['publickey']);
    if (context.signature) this.keys = keys;
    return context.accept();
  }

  private end(context: AuthContext): void {
    context.reject();
    this.connection.end();
  }

  /** The objects with the offered key by which somebody may come in. */
  private async knownKeys({ key }: PublicKeyAuthContext): Promise<SSHKey[]> {
    const found = await this.options.index.find(key.data.toString('base64'));
    const now = new Date();
    const principals = await Promise.all(found.map(known => principalOfKey(this.options.client, known, now)));
    return found.filter((_, index) => principals[index] !== undefined);
  }

  private open(session: Session): void {
    let protocol: string | undefined;
    session
      .on('env', (accept, _reject, { key, val }) => {
        if (key === 'GIT_PROTOCOL') protocol = gitProtocol(val);
        accept?.();
      })
      .on('exec', (accept, _reject, { command }) => {
        const channel = accept();
        runGitCommand(this.options, { channel, command, protocol, keys: this.keys }).catch(error => {
          this.options.logger.warn(`git over SSH failed: ${error}`);
          channel.close();
        });
      })
      .on('pty', accept => accept?.())
      .on('shell', accept => {
        const channel = accept();
        channel.write('You are known to Krate. It serves git here, and no shell.\r\n');
        channel.exit(1);
        channel.end();
      });
  }
}

function proves(context: PublicKeyAuthContext, known: SSHKey): boolean {
  const key = utils.parseKey(known.spec.key);
  if (key instanceof Error) return false;
  return key.verify(context.blob!, context.signature!, context.hashAlgo) === true;
}
