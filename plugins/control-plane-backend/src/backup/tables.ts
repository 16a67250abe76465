/** A table of the control plane's own database, and the columns that order its rows. */
export interface BackedUpTable {
  name: string;
  key: readonly string[];
}

/** What a backup holds beside the resources; a table stands after those it refers to. */
export const TABLES: readonly BackedUpTable[] = [
  { name: 'krate_token', key: ['id'] },
  { name: 'krate_stream', key: ['id'] },
  { name: 'krate_stream_chunk', key: ['stream_id', 'offset'] },
  { name: 'krate_audit_event', key: ['id'] },
  { name: 'krate_audit_chain', key: ['id'] },
  { name: 'krate_revision', key: ['id'] },
  { name: 'krate_invitation', key: ['invite_uid'] },
  { name: 'krate_effects', key: ['id'] },
];

/** Tables that are left out, and why. */
export const LEFT_OUT_TABLES: Readonly<Record<string, string>> = {
  krate_lease: 'who acts is decided anew',
  krate_action_request: 'they end within minutes, and are asked anew',
  krate_store: 'part of the resources',
  krate_store_object: 'part of the resources',
  krate_store_label: 'part of the resources',
  krate_store_counter: 'part of the resources',
  krate_store_note: 'carried into the audit trail before',
  krate_store_event: 'watches begin anew',
};
