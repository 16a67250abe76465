export * from './ResourceStore';
export * from './PortableStore';
export { StagedStore, type RealRevisions } from './StagedStore';
export { SqliteResourceStore } from './drivers/sqlite/SqliteResourceStore';
export { PostgresResourceStore } from './drivers/postgres/PostgresResourceStore';
export type { PostgresResourceStoreOptions } from './drivers/postgres/PostgresResourceStoreOptions';
export type { HistoryLimit, SqliteResourceStoreOptions } from './drivers/sqlite/SqliteResourceStoreOptions';
export { PostgresSignals } from './drivers/postgres/PostgresSignals';
