export type { ApiRouterOptions, ReadinessCheck } from './ApiContext';
export { createApiRouter } from './createApiRouter';
export type { ApiRouter } from './createApiRouter';
