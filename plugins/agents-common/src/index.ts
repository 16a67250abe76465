export * from './kinds';
export * from './facade';
