export { techdocsModule as default } from './module';
