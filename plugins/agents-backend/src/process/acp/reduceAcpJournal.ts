import type { JournalRecord } from '../journal';
import { initialAcpState, type AcpState } from './AcpState';
import { applyAcpRecord } from './applyAcpRecord';

/**
 * The state of a conversation from its journal. Pure: the same records always give the same state, and reading a
 * journal in pieces gives the same as reading it whole.
 */
export function reduceAcpJournal(
  records: Iterable<JournalRecord>,
  from: AcpState = initialAcpState(),
): AcpState {
  const state = structuredClone(from);
  for (const record of records) applyAcpRecord(state, record);
  return state;
}
