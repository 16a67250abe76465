import { createHash, randomBytes } from 'node:crypto';
import { Invite } from '@krate/plugin-control-plane-common';
import { Knex } from 'knex';

const PATTERN = /^krate_v_[A-Za-z0-9_-]{43}$/;

/** Who accepted an invitation, as it was written down before anything else was done. */
export interface Acceptance {
  /** The login that accepted. */
  login: string;
  /** The User that login is, or becomes, in the organization. */
  user: string;
  displayName: string;
  /** RFC 3339. */
  at: string;
}

/** What is known of an invitation beside the object. JSON, for the reconciler. */
export interface InvitationState {
  acceptance?: Acceptance;
  /** RFC 3339: when a link was sent by mail. */
  mailedAt?: string;
}

interface Row {
  invite_uid: string;
  namespace: string;
  name: string;
  hash: string | null;
  made_at: number | string;
  mailed_at: number | string | null;
  accepted_at: number | string | null;
  accepted_by: string | null;
  user: string | null;
  display_name: string | null;
}

type Owner = Pick<Invite, 'metadata'>;

/**
 * The links of invitations: 256 random bits, kept as sha256, one at a time per invitation, spent by the first who
 * accepts. The row of an acceptance is the durable intent from which the reconciler makes the member.
 */
export class InvitationLinks {
  constructor(
    private readonly knex: Knex,
    private readonly now: () => number = Date.now,
  ) {}

  /** Makes the link's token anew; an earlier one of the same invitation is worth nothing from now on. */
  async make({ metadata }: Owner): Promise<string> {
    const token = `krate_v_${randomBytes(32).toString('base64url')}`;
    const { uid, namespace = '', name } = metadata;
    const made = { hash: hashOf(token), made_at: this.now() };
    await this.table()
      .insert({ invite_uid: uid, namespace, name, ...made })
      .onConflict('invite_uid')
      .merge(made);
    return token;
  }

  /** Writes down that the present link was sent by mail. */
  async mailed({ metadata: { uid } }: Owner): Promise<void> {
    await this.table().where({ invite_uid: uid }).update({ mailed_at: this.now() });
  }

  /** The invitation of a link that was not spent yet. */
  async find(token: string): Promise<{ uid: string; namespace: string; name: string } | undefined> {
    if (!PATTERN.test(token)) return undefined;
    const row = await this.table()
      .where({ hash: hashOf(token) })
      .whereNull('accepted_at')
      .first();
    return row && { uid: row.invite_uid, namespace: row.namespace, name: row.name };
  }

  /** Spends a link: true for exactly one caller. */
  async spend(token: string, { login, user, displayName }: Omit<Acceptance, 'at'>): Promise<boolean> {
    const changed = await this.table()
      .where({ hash: hashOf(token) })
      .whereNull('accepted_at')
      .update({
        hash: null,
        accepted_at: this.now(),
        accepted_by: login,
        user,
        display_name: displayName,
      });
    return changed === 1;
  }

  async stateOf({ metadata: { uid } }: Owner): Promise<InvitationState> {
    const row = await this.table().where({ invite_uid: uid }).first();
    if (!row) return {};
    const { accepted_at: at, accepted_by: login, user, display_name: displayName } = row;
    return {
      ...(at && login && user
        ? { acceptance: { login, user, displayName: displayName ?? login, at: timeOf(at) } }
        : {}),
      ...(row.mailed_at ? { mailedAt: timeOf(row.mailed_at) } : {}),
    };
  }

  private table() {
    return this.knex<Row>('krate_invitation');
  }
}

function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}

function timeOf(milliseconds: number | string): string {
  return `${new Date(Number(milliseconds)).toISOString().slice(0, 19)}Z`;
}
