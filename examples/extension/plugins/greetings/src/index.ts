export { greetingsPlugin as default } from './plugin';
