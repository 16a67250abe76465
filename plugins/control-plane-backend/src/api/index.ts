export type { ApiRouterOptions } from './ApiContext';
export { createApiRouter } from './createApiRouter';
export type { ApiRouter } from './createApiRouter';
