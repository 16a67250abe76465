/*
 * What rules may cost, in the units of Kubernetes: about one for each step of an expression, a tenth for each character that
 * is looked at. https://kubernetes.io/docs/reference/using-api/cel/#resource-constraints
 */

/** What a rule may cost at most by its schema, for all places it stands at together. */
export const RULE_LIMIT = 10_000_000;
/** What all rules of a kind may cost at most by their schema. */
export const KIND_LIMIT = 100_000_000;
/** What one evaluation may cost. */
export const CALL_LIMIT = 1_000_000;
/** What all evaluations for one object may cost. */
export const OBJECT_BUDGET = 10_000_000;
/** The longest request body, in bytes: what nothing else bounds is bounded by it. */
export const LONGEST_BODY = 1.5 * 1024 * 1024;
