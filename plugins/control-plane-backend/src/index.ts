export { controlPlanePlugin as default } from './plugin';
export { rootHttpRouter } from './services/rootHttpRouter';
export { rootLogger } from './services/rootLogger';
