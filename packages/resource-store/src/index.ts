export * from './ResourceStore';
export { SqliteResourceStore } from './drivers/sqlite/SqliteResourceStore';
export type { HistoryLimit, SqliteResourceStoreOptions } from './drivers/sqlite/SqliteResourceStoreOptions';
