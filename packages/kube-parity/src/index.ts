export { KubeClient, type Answer, type CallOptions } from './client/KubeClient';
export { findKubeApiserver, suiteTitle } from './server/findKubeApiserver';
export { startKubeApiserver, type KubeApiserver } from './server/startKubeApiserver';
