import { AddressInfo, createServer, Server, Socket } from 'node:net';
import { Server as SshProtocol } from 'ssh2';
import { ServerKey } from '../keys/ServerKey';
import { SshConnection, SshConnectionOptions } from './SshConnection';

/** Connections at one time; more are closed at once, and their users try again. */
const MAX_CONNECTIONS = 256;

export interface SshServerOptions extends SshConnectionOptions {
  hostKey: ServerKey;
  host: string;
  /** 0 takes any free port. */
  port: number;
}

/** git over SSH, in this process: no system user, no shell, no further program. */
export class SshServer {
  private listener: Server | undefined;
  private readonly sockets = new Set<Socket>();

  constructor(private readonly options: SshServerOptions) {}

  /** Resolves with the port when connections are taken. Rejects when the port is not to be had. */
  async start(): Promise<number> {
    const { hostKey, host, port, logger } = this.options;
    const { privateKey } = await hostKey.pair();
    const protocol = new SshProtocol({ hostKeys: [privateKey], ident: 'Krate' }, client =>
      new SshConnection(this.options, client).serve(),
    );
    const listener = createServer(socket => this.take(socket, protocol));
    await new Promise<void>((resolve, reject) => {
      listener.once('error', reject);
      listener.listen(port, host, () => resolve());
    });
    listener.on('error', error => logger.warn(`git over SSH: ${error.message}`));
    this.listener = listener;
    return (listener.address() as AddressInfo).port;
  }

  async stop(): Promise<void> {
    const { listener } = this;
    if (!listener) return;
    const closed = new Promise(resolve => listener.close(resolve));
    for (const socket of this.sockets) socket.destroy();
    await closed;
  }

  private take(socket: Socket, protocol: SshProtocol): void {
    if (this.sockets.size >= MAX_CONNECTIONS) {
      socket.destroy();
      return;
    }
    this.sockets.add(socket);
    socket.once('close', () => this.sockets.delete(socket));
    socket.setNoDelay(true);
    protocol.injectSocket(socket);
  }
}
