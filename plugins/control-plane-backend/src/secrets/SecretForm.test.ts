import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Secret } from '@krate/plugin-control-plane-common';
import { KeyRing } from './KeyRing';
import { SecretForm } from './SecretForm';

const encode = (text: string) => Buffer.from(text).toString('base64');
const aSecret = (fields: Record<string, unknown>): any => ({
  apiVersion: 'v1',
  kind: 'Secret',
  metadata: { name: 'model-key', namespace: 'krate-org-acme' },
  type: 'Opaque',
  ...fields,
});

describe('SecretForm', () => {
  let directory: string;
  let path: string;
  let form: SecretForm;
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'krate-secrets-'));
    path = join(directory, 'keys', 'secrets.json');
    form = new SecretForm(await KeyRing.open(path));
  });
  afterEach(() => rm(directory, { recursive: true }));

  const textOf = (stored: any) =>
    Object.fromEntries(Object.entries(form.open(stored)).map(([key, value]) => [key, value.toString()]));

  it('stores no value in clear, answers none, and gives them back to the reader in the process', () => {
    const stored = form.seal(Secret, aSecret({ data: { a: encode('one') }, stringData: { b: 'two' } }));
    expect(JSON.stringify(stored)).not.toMatch(/one|two|b25l|dHdv|stringData/);
    expect(form.toWire(Secret, stored)).toEqual(aSecret({ data: { a: '', b: '' } }));
    expect(textOf(stored)).toEqual({ a: 'one', b: 'two' });
  });

  it.each([
    {
      reason: 'an empty value keeps the stored one',
      data: { a: '', b: encode('new') },
      want: { a: 'one', b: 'new' },
    },
    { reason: 'an absent key removes the value', data: { b: '' }, want: { b: 'two' } },
    {
      reason: 'a value replaces the stored one',
      data: { a: encode('uno'), b: '' },
      want: { a: 'uno', b: 'two' },
    },
  ])('on an update, $reason', ({ data, want }) => {
    const live = form.seal(Secret, aSecret({ stringData: { a: 'one', b: 'two' } }));
    expect(textOf(form.seal(Secret, aSecret({ data }), live))).toEqual(want);
  });

  it('keeps the ciphertext of an equal value, so that a repeated apply changes nothing', () => {
    const live = form.seal(Secret, aSecret({ stringData: { a: 'one' } }));
    expect(form.seal(Secret, aSecret({ data: { a: '' }, stringData: { a: 'one' } }), live)).toEqual(live);
  });

  it('blanks the copy that kubectl keeps in an annotation', () => {
    const applied = JSON.stringify(aSecret({ stringData: { a: 'one' }, data: { b: encode('two') } }));
    const metadata = {
      name: 'model-key',
      namespace: 'krate-org-acme',
      annotations: { 'kubectl.kubernetes.io/last-applied-configuration': applied },
    };
    const stored = form.seal(Secret, aSecret({ metadata, stringData: { a: 'one' } }));
    const kept = JSON.parse(stored.metadata.annotations['kubectl.kubernetes.io/last-applied-configuration']);
    expect(kept).toMatchObject({ stringData: { a: '' }, data: { b: '' } });
  });

  it('refuses a change of an immutable Secret', () => {
    const live = form.seal(Secret, aSecret({ immutable: true, stringData: { a: 'one' } }));
    expect(() => form.seal(Secret, aSecret({ immutable: true, stringData: { a: 'two' } }), live)).toThrow(
      'immutable',
    );
    expect(form.seal(Secret, aSecret({ immutable: true, data: { a: '' } }), live)).toEqual(live);
  });

  it('does not decrypt a value that was moved to another Secret', () => {
    const stored = form.seal(Secret, aSecret({ stringData: { a: 'one' } }));
    expect(() => form.open({ ...stored, metadata: { ...stored.metadata, name: 'other' } })).toThrow();
  });

  it('makes a key file that only its owner reads, and keeps it', async () => {
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    const stored = form.seal(Secret, aSecret({ stringData: { a: 'one' } }));
    expect(new SecretForm(await KeyRing.open(path)).open(stored).a.toString()).toBe('one');
  });

  it('reads old values after a rotation and writes with the new key', async () => {
    const old = form.seal(Secret, aSecret({ stringData: { a: 'one' } }));
    const file = JSON.parse(await readFile(path, 'utf8'));
    file.keys.k2 = Buffer.alloc(32, 7).toString('base64');
    await writeFile(path, JSON.stringify({ ...file, current: 'k2' }));
    const rotated = new SecretForm(await KeyRing.open(path));
    expect(rotated.open(old).a.toString()).toBe('one');
    const fresh = rotated.seal(Secret, aSecret({ stringData: { a: 'two' } }));
    expect(fresh.data.a).toMatch(/^krate-enc:k2:/);
  });
});
