export { permissionModuleKratePolicy as default } from './module';
