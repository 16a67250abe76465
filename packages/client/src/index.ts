export { KrateClient, type Place } from './KrateClient';
export { KrateError, NoAnswerError, TimeoutError, type Reason } from './KrateError';
export {
  ResourceCollection,
  type ListOptions,
  type ResourceList,
  type Selection,
  type WatchOptions,
} from './ResourceCollection';
export { type WatchedChange } from './watchCollection';
export { type OrganizationEvent } from './followEvents';
export { type OperationId, type OperationInput, type OperationOutput } from './operationCall';
export { Transport, type ClientOptions } from './Transport';
export type { components, operations, paths } from './generated/openApi';
