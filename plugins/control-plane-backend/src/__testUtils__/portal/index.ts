export * from './eventually';
export * from './Portal';
export * from './startPortal';
