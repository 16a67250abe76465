export { artifactRegistryModule as default } from './module';
