export { externalBackendsModule as default } from './module';
