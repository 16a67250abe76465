export { createResourceClient } from './createResourceClient';
export * from './requests';
export { ResourceService } from './ResourceService';
export { Served } from './Served';
export type { WireObject } from './WireObject';
