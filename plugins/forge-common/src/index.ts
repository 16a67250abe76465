export * from './kinds';
export * from './annotations';
export * from './facade';
