export { commandReference } from './commandReference';
export { run } from './run';
