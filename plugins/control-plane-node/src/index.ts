export * from './principal';
export * from './authorization';
export * from './admission';
export * from './streams';
export * from './controlPlane';
export * from './actions';
export * from './principalOfCredentials';
export * from './facade';
