export { scaffolderModuleKrate as default } from './module';
