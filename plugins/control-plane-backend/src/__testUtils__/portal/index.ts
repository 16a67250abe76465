export * from './eventually';
export * from './Portal';
export * from './startPortal';
export { TestFacade } from '../facade';
