import { channel } from 'node:diagnostics_channel';

/**
 * The moments between the durable steps of the store, told as they pass. Nobody listens in production, where telling is an empty
 * call; the reliability suite listens and ends the process there, to see what a crash at that moment leaves behind.
 */
export const moments = {
  /** Everything is written, and nothing of it lasts yet. */
  beforeCommit: channel('krate:store:before-commit'),
  /** It lasts; no watch and no writer was told. */
  afterCommit: channel('krate:store:after-commit'),
  /** Watches of this process were told; the writers were not. */
  beforeReply: channel('krate:store:before-reply'),
  /** Events that another process committed are about to be told here. */
  beforeEvents: channel('krate:store:before-events'),
  /** History is marked as forgotten, and still there. */
  afterForgetting: channel('krate:store:after-forgetting'),
  /** A piece of forgotten history is deleted; others are not. */
  whileSweeping: channel('krate:store:while-sweeping'),
  /** A step of the schema is taken, and not committed. */
  duringMigration: channel('krate:store:during-migration'),
  /** A step of the schema is committed; others are not. */
  betweenMigrations: channel('krate:store:between-migrations'),
};
