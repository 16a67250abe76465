/**
 * Field ownership: who owns which field of an object, kept in `metadata.managedFields` in the notation of Kubernetes.
 * Everything here is a pure function of its arguments; time comes from the caller.
 *
 * In a write path: {@link applyConfiguration} for an apply patch, then defaults, validation and storage of its result (when
 * it returns the live object itself there is nothing to store). For every other write first defaults, then
 * {@link trackUpdate}, whose result becomes `metadata.managedFields`.
 *
 * All entries are compared under the schema of the request: a kind whose versions name fields differently would need its
 * older entries converted first.
 */
export { applyConfiguration } from './applyConfiguration';
export { trackUpdate } from './trackUpdate';
