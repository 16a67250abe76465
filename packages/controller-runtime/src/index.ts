export * from './ResourceClient';
export * from './defineReconciler';
