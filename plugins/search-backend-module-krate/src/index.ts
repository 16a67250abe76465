export { searchModuleKrate as default } from './module';
