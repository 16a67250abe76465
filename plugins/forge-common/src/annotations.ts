/**
 * Of a pull request that a run opened: the person who dispatched that run. Set by the system at creation and never changed.
 * Where the organization wants a second approver, this person neither approves nor merges it.
 */
export const DISPATCHED_BY_ANNOTATION = 'krate.a5c.ai/dispatched-by';
