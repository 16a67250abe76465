export { forgePlugin as default } from './plugin';
