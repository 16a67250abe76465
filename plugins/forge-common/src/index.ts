export * from './kinds';
export * from './annotations';
