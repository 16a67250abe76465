export { createResourceClient } from './createResourceClient';
export * from './requests';
export { ResourceService } from './ResourceService';
export { rulesOf } from './assertValid';
export { Served } from './Served';
export type { WireObject } from './WireObject';
