import { createHash } from 'node:crypto';
import { utils } from 'ssh2';

/** The least size of an RSA key that still protects anything. */
const LEAST_RSA_BITS = 2048;

export type KeyDescription =
  { state: 'readable'; fingerprint: string; keyType: string; tooWeak: boolean } | { state: 'unreadable' };

/** A public key in the words of `ssh-keygen -l`: its SHA-256, its algorithm and its size. */
export function describeKey(publicKey: string): KeyDescription {
  const [type, base64] = publicKey.split(' ');
  const blob = Buffer.from(base64 ?? '', 'base64');
  const fields = fieldsOf(blob);
  if (!fields || fields[0]?.toString() !== type || !isReadable(type, publicKey))
    return { state: 'unreadable' };
  const fingerprint = `SHA256:${createHash('sha256').update(blob).digest('base64').replace(/=+$/, '')}`;
  const bits = bitsOf(type, fields);
  return {
    state: 'readable',
    fingerprint,
    keyType: `${nameOf(type)} ${bits}`,
    tooWeak: type === 'ssh-rsa' && bits < LEAST_RSA_BITS,
  };
}

/** The library knows no keys of hardware tokens; of those it is enough that their parts are whole. */
function isReadable(type: string, publicKey: string): boolean {
  return type.startsWith('sk-') || !(utils.parseKey(publicKey) instanceof Error);
}

/** The length-prefixed parts of a key (RFC 4253, section 6.6); undefined when they do not add up. */
function fieldsOf(blob: Buffer): Buffer[] | undefined {
  const fields: Buffer[] = [];
  let at = 0;
  while (at < blob.length) {
    if (at + 4 > blob.length) return undefined;
    const end = at + 4 + blob.readUInt32BE(at);
    if (end > blob.length) return undefined;
    fields.push(blob.subarray(at + 4, end));
    at = end;
  }
  return fields.length > 1 ? fields : undefined;
}

function bitsOf(type: string, fields: Buffer[]): number {
  if (type !== 'ssh-rsa') return Number(/nistp(\d+)/.exec(type)?.[1] ?? 256);
  const modulus = BigInt(`0x${fields[2]?.toString('hex') || '0'}`);
  return modulus.toString(2).length;
}

function nameOf(type: string): string {
  const hardware = type.startsWith('sk-') ? '-SK' : '';
  if (type === 'ssh-rsa') return 'RSA';
  return `${type.includes('ed25519') ? 'ED25519' : 'ECDSA'}${hardware}`;
}
