export * from './kinds';
export * from './organizations';
