export * from './ResourceClient';
export * from './defineReconciler';
export { systemClock, type Clock, type Timer } from './Clock';
export { WorkQueue, type WorkQueueOptions } from './queue/WorkQueue';
export { Informer, type ChangeHandler, type InformerOptions } from './informer/Informer';
export { ObjectCache } from './informer/ObjectCache';
export {
  EffectStore,
  type EffectDraft,
  type EffectOutcome,
  type EffectOwner,
  type EffectRecord,
} from './effects/EffectStore';
export { type OwnerPresence } from './effects/EffectRetention';
export { EffectRunner, type EffectRunnerOptions } from './effects/EffectRunner';
export { migrateEffects } from './effects/migrateEffects';
export {
  ControllerManager,
  type ControllerManagerOptions,
  type ManagerMetrics,
} from './manager/ControllerManager';
export type { ReconcilerMetrics } from './manager/Controller';
export {
  migrateTables,
  NewerDatabaseError,
  type TableMigration,
  type TablesToMigrate,
} from './database/migrateTables';
export { LeaseLostError, type LeaseStore, type LeaseToken } from './leases/LeaseStore';
export { DatabaseLeaseStore } from './leases/DatabaseLeaseStore';
export { SoleLeaseStore } from './leases/SoleLeaseStore';
export { migrateLeases } from './leases/migrateLeases';
export { Election, type Elected, type Term } from './leases/Election';
