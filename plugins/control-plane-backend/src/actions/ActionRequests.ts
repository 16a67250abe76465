import { randomUUID } from 'node:crypto';
import { JsonObject } from '@krate/resource-model';
import { Knex } from 'knex';

/** Long enough to walk to a screen, too short to be forgotten. */
const LIFETIME_MS = 15 * 60 * 1000;
/** Kept after that for whoever looks why nothing happened. */
const KEPT_MS = 30 * 24 * 60 * 60 * 1000;

/** What a program wants to do for a person who has not agreed yet. */
export interface ActionRequest {
  id: string;
  /** The person it would act for, and the only one who can agree. */
  login: string;
  organization: string;
  action: string;
  input: JsonObject;
  /** RFC 3339. */
  expiresAt: string;
  decision?: 'approve' | 'deny';
}

interface Row {
  id: string;
  login: string;
  organization: string;
  action: string;
  input: string;
  asked_at: number | string;
  expires_at: number | string;
  decision: 'approve' | 'deny' | null;
}

/** Actions that wait for somebody's word. The row is written before the answer, and decided by exactly one caller. */
export class ActionRequests {
  constructor(
    private readonly knex: Knex,
    private readonly now: () => number = Date.now,
  ) {}

  async ask(
    wanted: Pick<ActionRequest, 'login' | 'organization' | 'action' | 'input'>,
  ): Promise<ActionRequest> {
    await this.table()
      .where('asked_at', '<', this.now() - KEPT_MS)
      .delete();
    const row: Row = {
      ...wanted,
      id: randomUUID(),
      input: JSON.stringify(wanted.input),
      asked_at: this.now(),
      expires_at: this.now() + LIFETIME_MS,
      decision: null,
    };
    await this.table().insert(row);
    return requestOf(row);
  }

  /** Another person's request reads as one that does not exist. */
  async find(id: string, login: string): Promise<ActionRequest | undefined> {
    const row = await this.table().where({ id, login }).first();
    return row && requestOf(row);
  }

  /** True for exactly one caller, and only while the request waits. */
  async decide(id: string, login: string, decision: 'approve' | 'deny'): Promise<boolean> {
    const changed = await this.table()
      .where({ id, login })
      .whereNull('decision')
      .where('expires_at', '>', this.now())
      .update({ decision, decided_at: this.now() });
    return changed === 1;
  }

  private table() {
    return this.knex<Row & { decided_at: number }>('krate_action_request');
  }
}

function requestOf({ id, login, organization, action, input, expires_at, decision }: Row): ActionRequest {
  return {
    ...{ id, login, organization, action },
    input: JSON.parse(input),
    expiresAt: new Date(Number(expires_at)).toISOString(),
    ...(decision && { decision }),
  };
}
