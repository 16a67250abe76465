export * from './kinds';
export * from './organizations';
export * from './membership';
export * from './relations';
export * from './facade';
