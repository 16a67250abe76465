export * from './kinds';
export * from './organizations';
export * from './membership';
