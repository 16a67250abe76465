/** Reasons a rule may give for a refusal, as Kubernetes allows them. */
export const RULE_REASONS = [
  'FieldValueInvalid',
  'FieldValueForbidden',
  'FieldValueRequired',
  'FieldValueDuplicate',
] as const;

/**
 * One rule of `x-kubernetes-validations`.
 * https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions/#validation-rules
 */
export interface ValidationRule {
  /** A CEL expression of `self`, and of `oldSelf` for a rule on transitions; true for what is valid. */
  rule: string;
  /** What is wrong, when it is always the same. */
  message?: string;
  /** A CEL expression that makes the message; `message` stands in where it fails. */
  messageExpression?: string;
  /** Default `FieldValueInvalid`. */
  reason?: (typeof RULE_REASONS)[number];
  /** Where the fault lies, from the place of the rule on: `.spec.color`. Default the place itself. */
  fieldPath?: string;
  /** `oldSelf` is an optional, and the rule is asked about new values as well. */
  optionalOldSelf?: boolean;
}
