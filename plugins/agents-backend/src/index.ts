export { agentsModule as default } from './module';
