import type { ExitEvent } from '../journal';
import type { PendingPermission } from './AcpState';
import type { SessionUpdate } from './messages';

/** What happened in a conversation; `offset` is where to go on from after it was dealt with. */
export type AcpEvent = { offset: number } & (
  | { type: 'update'; update: SessionUpdate }
  | { type: 'permission'; permission: PendingPermission }
  /** `outcome`: the option's id, `cancelled`, or `abandoned` when the turn ended without waiting for the answer. */
  | { type: 'permission-settled'; key: string; outcome: string }
  | { type: 'turn-ended'; stopReason: string }
  /** Fatal errors make the phase `failed`; others are noted and the conversation goes on. */
  | { type: 'error'; code: string; message: string; fatal: boolean }
  | { type: 'exit'; exit: ExitEvent }
);
