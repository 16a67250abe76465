import { createHash, randomBytes, randomUUID } from 'node:crypto';
import {
  Principal,
  TokenPurpose,
  TokenRecord,
  TokenService,
  IssuedToken,
} from '@krate/plugin-control-plane-node';
import { Knex } from 'knex';
import { RememberedRows } from './RememberedRows';

/** The letter in a token tells people and secret scanners what they found: `krate_a_…` is an access token. */
const PURPOSE_LETTERS: Record<TokenPurpose, string> = { 'sign-in': 'i', session: 's', access: 'a', run: 'r' };
const TOKEN_PATTERN = /^krate_[isar]_[A-Za-z0-9_-]{43}$/;
/** `lastUsedAt` is written at most this often per token, so that reads do not become writes. */
const LAST_USED_RESOLUTION_MS = 60_000;

interface TokenRow {
  id: string;
  hash: string;
  purpose: TokenPurpose;
  principal: string;
  principal_key: string;
  description: string;
  created_at: number | string;
  expires_at: number | string | null;
  last_used_at: number | string | null;
}

/** Whether a bearer credential claims to be one of ours (and not a Backstage token). */
export function looksLikeKrateToken(credential: string): boolean {
  return credential.startsWith('krate_');
}

/** {@link TokenService} on the plugin's database. 256 random bits per token; the table has only sha256 of it. */
export class DatabaseTokenService implements TokenService {
  private readonly knex: Knex;
  private readonly now: () => number;
  /** Absent where other processes write the table too: what they revoke must count at once. */
  private readonly remembered?: RememberedRows<TokenRow>;

  /** @param options.sole - whether no other process writes the table */
  constructor(knex: Knex, { now = Date.now, sole = false }: { now?: () => number; sole?: boolean } = {}) {
    this.knex = knex;
    this.now = now;
    this.remembered = sole ? new RememberedRows() : undefined;
  }

  async issue(options: {
    principal: Principal;
    purpose: TokenPurpose;
    description: string;
    expiresInSeconds?: number;
  }): Promise<IssuedToken> {
    const token = `krate_${PURPOSE_LETTERS[options.purpose]}_${randomBytes(32).toString('base64url')}`;
    const id = randomUUID();
    const now = this.now();
    const expiresAt =
      options.expiresInSeconds === undefined ? undefined : now + options.expiresInSeconds * 1000;
    await this.table().insert({
      id,
      hash: hashOf(token),
      purpose: options.purpose,
      principal: JSON.stringify(options.principal),
      principal_key: keyOf(options.principal),
      description: options.description,
      created_at: now,
      expires_at: expiresAt ?? null,
      last_used_at: null,
    });
    return { token, id, expiresAt: expiresAt === undefined ? undefined : new Date(expiresAt) };
  }

  async verify(token: string): Promise<TokenRecord | undefined> {
    const row = await this.find(token);
    if (!row || row.purpose === 'sign-in') return undefined;
    const now = this.now();
    if (now - Number(row.last_used_at ?? 0) >= LAST_USED_RESOLUTION_MS) {
      row.last_used_at = now;
      await this.table().where({ id: row.id }).update({ last_used_at: now });
    }
    return recordOf(row);
  }

  async redeem(token: string): Promise<TokenRecord | undefined> {
    const row = await this.find(token);
    if (row?.purpose !== 'sign-in') return undefined;
    // The row that is deleted is the proof: of two callers only one deletes it.
    const deleted = await this.delete({ id: row.id });
    return deleted === 1 ? recordOf(row) : undefined;
  }

  async list(principal: Principal): Promise<TokenRecord[]> {
    const rows = await this.table()
      .where({ principal_key: keyOf(principal) })
      .andWhere(unexpired => unexpired.whereNull('expires_at').orWhere('expires_at', '>', this.now()))
      .orderBy('created_at');
    return rows.map(recordOf);
  }

  async revoke(id: string): Promise<void> {
    await this.delete({ id });
  }

  async revokeFor(principal: Principal): Promise<void> {
    await this.delete({ principal_key: keyOf(principal) });
  }

  /** Whether a token of this id would still be accepted: for connections that outlive their first request. */
  async isValid(id: string): Promise<boolean> {
    const row = await this.table().where({ id }).first();
    return row !== undefined && !this.isExpired(row);
  }

  /** Forgets what expired. */
  async sweep(): Promise<void> {
    await this.table().where('expires_at', '<=', this.now()).delete();
  }

  private async find(token: string): Promise<TokenRow | undefined> {
    if (!TOKEN_PATTERN.test(token)) return undefined;
    const hash = hashOf(token);
    const lookUp = (): Promise<TokenRow | undefined> => this.table().where({ hash }).first();
    const row = await (this.remembered ? this.remembered.find(hash, lookUp) : lookUp());
    return row && !this.isExpired(row) ? row : undefined;
  }

  /** Answers how many there were. */
  private async delete(which: Partial<TokenRow>): Promise<number> {
    const deleted = await this.table().where(which).delete();
    this.remembered?.forget();
    return deleted;
  }

  private isExpired(row: TokenRow): boolean {
    return row.expires_at !== null && Number(row.expires_at) <= this.now();
  }

  private table() {
    return this.knex<TokenRow>('krate_token');
  }
}

function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}

/** A run is its uid: a recreated run of the same name has none of the old one's tokens. */
function keyOf(principal: Principal): string {
  if (principal.type === 'run') return `run:${principal.uid}`;
  return principal.type === 'anonymous' ? 'anonymous' : `${principal.type}:${principal.name}`;
}

function recordOf(row: TokenRow): TokenRecord {
  const dateOf = (value: number | string | null) => (value === null ? undefined : new Date(Number(value)));
  return {
    id: row.id,
    principal: JSON.parse(row.principal),
    purpose: row.purpose,
    description: row.description,
    createdAt: new Date(Number(row.created_at)),
    expiresAt: dateOf(row.expires_at),
    lastUsedAt: dateOf(row.last_used_at),
  };
}
