export { applyConfiguration } from './applyConfiguration';
export type { ApplyRequest } from './applyConfiguration';
export { trackUpdate } from './trackUpdate';
export type { TrackedUpdate } from './trackUpdate';
export { FieldSet } from './FieldSet';
export { fieldSetOf } from './fieldSetOf';
export { formatPath } from './PathElement';
export type { Path, PathElement } from './PathElement';
export type { MergeSchema } from './MergeSchema';
