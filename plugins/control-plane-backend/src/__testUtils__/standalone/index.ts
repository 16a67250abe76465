export { readConfig } from '../../config';
export { startControlPlane, type RunningControlPlane } from '../../runtime/startControlPlane';
