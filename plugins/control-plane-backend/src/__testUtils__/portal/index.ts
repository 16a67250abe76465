export * from './eventually';
export * from './Portal';
export * from './startPortal';
export { TestFacade } from '../facade';
export { configureRootHttpRouter } from '../../services/configureRootHttpRouter';
