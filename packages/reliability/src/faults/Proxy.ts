import { once } from 'node:events';
import { AddressInfo, connect, createServer, Server, Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

/**
 * What becomes of bytes on their way. `dead`: they are swallowed, and new connections are taken and never answered, as by a host that
 * lost its power or a firewall that forgot; nobody is told that anything ended.
 */
export type Weather = { type: 'fair' } | { type: 'slow'; delayMs: number } | { type: 'dead' };

/** A stretch of network between a client and its server, whose weather a test makes. */
export class Proxy {
  private weather: Weather = { type: 'fair' };
  private readonly sockets = new Set<Socket>();
  private readonly server: Server;

  private constructor(private readonly target: { host: string; port: number }) {
    this.server = createServer({ allowHalfOpen: true }, client => this.join(client));
  }

  static async to(target: { host: string; port: number }): Promise<Proxy> {
    const proxy = new Proxy(target);
    proxy.server.listen(0, '127.0.0.1');
    await once(proxy.server, 'listening');
    return proxy;
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  become(weather: Weather): void {
    this.weather = weather;
  }

  /** Breaks every connection, and goes on as before. */
  cut(): void {
    for (const socket of this.sockets) socket.destroy();
  }

  async close(): Promise<void> {
    this.server.close();
    this.cut();
  }

  private join(client: Socket): void {
    const server = connect(this.target);
    this.carry(client, server);
    this.carry(server, client);
  }

  private carry(from: Socket, to: Socket): void {
    this.sockets.add(from);
    let order: Promise<void> = Promise.resolve();
    from.on('data', bytes => {
      order = order.then(() => this.deliver(bytes, to));
    });
    from.on('error', () => to.destroy());
    from.on('close', () => {
      this.sockets.delete(from);
      // In dead weather nobody hears of it.
      if (this.weather.type !== 'dead') to.destroy();
    });
  }

  private async deliver(bytes: Buffer, to: Socket): Promise<void> {
    if (this.weather.type === 'slow') await pause(this.weather.delayMs);
    if (this.weather.type === 'dead' || to.destroyed) return;
    to.write(bytes);
  }
}
