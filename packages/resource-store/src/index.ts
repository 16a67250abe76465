export * from './ResourceStore';
export {
  SqliteResourceStore,
  type HistoryLimit,
  type SqliteResourceStoreOptions,
} from './drivers/sqlite/SqliteResourceStore';
