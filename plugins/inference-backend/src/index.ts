export { inferenceModule as default } from './module';
