export { memoryModule as default } from './module';
