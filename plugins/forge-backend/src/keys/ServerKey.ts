import { execFile } from 'node:child_process';
import { link, mkdir, readFile, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { randomUUID } from 'node:crypto';
import { promisify } from 'node:util';
import { utils } from 'ssh2';

const run = promisify(execFile);

/**
 * A key pair of the server's own, kept in a file that only its user reads. It is made when it is first needed; of two
 * processes that make it at once the first one wins.
 */
export class ServerKey {
  private ready: Promise<{ privateKey: string; publicKey: string }> | undefined;

  /** @param file absolute path of the private key, in OpenSSH's format */
  constructor(
    readonly file: string,
    private readonly comment: string,
  ) {}

  /** The pair; the public half as one line of OpenSSH. */
  pair(): Promise<{ privateKey: string; publicKey: string }> {
    this.ready ??= this.load();
    this.ready.catch(() => {
      this.ready = undefined;
    });
    return this.ready;
  }

  private async load(): Promise<{ privateKey: string; publicKey: string }> {
    const privateKey = (await readIfThere(this.file)) ?? (await this.make());
    const parsed = utils.parseKey(privateKey);
    if (parsed instanceof Error) throw new Error(`The key in ${this.file} cannot be read: ${parsed.message}`);
    const publicKey = `${parsed.type} ${parsed.getPublicSSH().toString('base64')} ${this.comment}`;
    return { privateKey, publicKey };
  }

  private async make(): Promise<string> {
    await mkdir(dirname(this.file), { recursive: true, mode: 0o700 });
    const fresh = `${this.file}.${randomUUID()}`;
    try {
      // Not the library's own generator: of its keys one in some hundreds cannot be read.
      await run('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', this.comment, '-f', fresh]);
      // Not a rename: that would take the place of a key that another process has made meanwhile.
      await link(fresh, this.file).catch(error => {
        if (error.code !== 'EEXIST') throw error;
      });
    } finally {
      await Promise.all([fresh, `${fresh}.pub`].map(file => rm(file, { force: true })));
    }
    return readFile(this.file, 'utf8');
  }
}

async function readIfThere(file: string): Promise<string | undefined> {
  return readFile(file, 'utf8').catch(error => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
}
