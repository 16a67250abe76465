export { catalogModuleKrate as default } from './module';
