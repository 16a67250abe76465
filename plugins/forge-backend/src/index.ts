export { forgeModule as default } from './module';
