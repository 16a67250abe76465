import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { z } from 'zod';

const PREFIX = 'krate-enc';
const IV_BYTES = 12;
const TAG_BYTES = 16;

const keyFileSchema = z.object({
  current: z.string().regex(/^[a-z0-9]+$/),
  keys: z.record(z.string(), z.base64()),
});
type KeyFile = z.infer<typeof keyFileSchema>;

/**
 * The keys that encrypt Secret values at rest: AES-256-GCM, a key per id, one of them current. The file is made at the
 * first start. To rotate, add a key under a new id and name it `current`: values are written with the current key and
 * read with the one their text names.
 */
export class KeyRing {
  private readonly keys: Map<string, Buffer>;
  private readonly current: string;

  private constructor(file: KeyFile) {
    this.keys = new Map(Object.entries(file.keys).map(([id, key]) => [id, Buffer.from(key, 'base64')]));
    this.current = file.current;
    for (const [id, key] of this.keys) {
      if (key.length !== 32) throw new Error(`The secret key "${id}" has ${key.length} bytes instead of 32`);
    }
    if (!this.keys.has(file.current))
      throw new Error(`The current secret key "${file.current}" is not in the key file`);
  }

  /** Reads the key file (mode 0600), or makes it when there is none. */
  static async open(path: string): Promise<KeyRing> {
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    const fresh: KeyFile = { current: 'k1', keys: { k1: randomBytes(32).toString('base64') } };
    try {
      await writeFile(path, `${JSON.stringify(fresh, null, 2)}\n`, { mode: 0o600, flag: 'wx' });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
    await chmod(path, 0o600);
    const parsed = keyFileSchema.safeParse(JSON.parse(await readFile(path, 'utf8')));
    if (!parsed.success)
      throw new Error(
        `${path} is not a key file: restore it from a backup; without it no Secret can be read`,
      );
    return new KeyRing(parsed.data);
  }

  /** @param place - what the value belongs to; it decrypts nowhere else */
  encrypt(plain: Buffer, place: string): string {
    const iv = randomBytes(IV_BYTES);
    const cipher = createCipheriv('aes-256-gcm', this.keys.get(this.current)!, iv).setAAD(Buffer.from(place));
    const sealed = Buffer.concat([iv, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
    return `${PREFIX}:${this.current}:${sealed.toString('base64')}`;
  }

  /** @throws Error when the key is missing, or the text was altered or moved */
  decrypt(text: string, place: string): Buffer {
    const [prefix, id, body] = text.split(':');
    const key = this.keys.get(id);
    if (prefix !== PREFIX || !key)
      throw new Error(`A value of ${place} was encrypted with a key that this server does not have`);
    const sealed = Buffer.from(body, 'base64');
    const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, IV_BYTES));
    decipher.setAAD(Buffer.from(place)).setAuthTag(sealed.subarray(-TAG_BYTES));
    return Buffer.concat([decipher.update(sealed.subarray(IV_BYTES, -TAG_BYTES)), decipher.final()]);
  }

  isEncrypted(text: string): boolean {
    return text.startsWith(`${PREFIX}:`);
  }
}
