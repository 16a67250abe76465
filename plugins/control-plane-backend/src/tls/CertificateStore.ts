import { X509Certificate } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { isIP } from 'node:net';
import { join } from 'node:path';
import { KeyPairPem, makeAuthority, makeServerCertificate } from './certificates';

const RENEW_BEFORE_MS = 30 * 24 * 60 * 60 * 1000;
/** Whatever else is configured, kubectl on the same machine reaches the server by these. */
const LOCAL_NAMES = ['localhost', '127.0.0.1', '::1'];

/** What the listener serves, and what a kubeconfig trusts. */
export interface ServerIdentity extends KeyPairPem {
  /** PEM of the authority that signed the certificate. */
  authority: string;
}

/**
 * The certificates in the data directory: an authority made once, and a server certificate that is renewed 30 days before
 * it expires or when the configured names change. Clients that trust the authority do not notice a renewal.
 */
export class CertificateStore {
  constructor(
    private readonly directory: string,
    private readonly names: readonly string[] = [],
    private readonly now: () => Date = () => new Date(),
  ) {}

  async load(): Promise<ServerIdentity> {
    await mkdir(this.directory, { recursive: true, mode: 0o700 });
    const authority = await this.authority();
    const server = await this.server(authority);
    return { ...server, authority: authority.certificate };
  }

  private async authority(): Promise<KeyPairPem> {
    const known = await this.read('ca');
    if (known && !this.expiresSoon(known)) return known;
    return this.write('ca', await makeAuthority(this.now()));
  }

  private async server(authority: KeyPairPem): Promise<KeyPairPem> {
    const names = [...new Set([...LOCAL_NAMES, ...this.names])];
    const known = await this.read('server');
    if (known && this.isGood(known, authority, names)) return known;
    return this.write('server', await makeServerCertificate(authority, names, this.now()));
  }

  private isGood(server: KeyPairPem, authority: KeyPairPem, names: readonly string[]): boolean {
    const certificate = new X509Certificate(server.certificate);
    const signed = certificate.verify(new X509Certificate(authority.certificate).publicKey);
    const named = names.every(name => (isIP(name) ? certificate.checkIP(name) : certificate.checkHost(name)));
    return signed && named && !this.expiresSoon(server);
  }

  private expiresSoon({ certificate }: KeyPairPem): boolean {
    return Date.parse(new X509Certificate(certificate).validTo) - this.now().getTime() < RENEW_BEFORE_MS;
  }

  private async read(name: string): Promise<KeyPairPem | undefined> {
    try {
      const text = await readFile(join(this.directory, `${name}.pem`), 'utf8');
      const keyStart = text.indexOf('-----BEGIN PRIVATE KEY');
      return { certificate: text.slice(0, keyStart), key: text.slice(keyStart) };
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
      throw error;
    }
  }

  /** Both go in one file: a crash leaves the old pair or the new one, never halves of each. */
  private async write(name: string, pair: KeyPairPem): Promise<KeyPairPem> {
    const path = join(this.directory, `${name}.pem`);
    await writeFile(`${path}.new`, pair.certificate + pair.key, { mode: 0o600 });
    await rename(`${path}.new`, path);
    return pair;
  }
}
