export { controlPlanePlugin as default } from './plugin';
export { shell } from './shell/shell';
