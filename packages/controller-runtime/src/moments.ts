import { channel } from 'node:diagnostics_channel';

/**
 * The moments between the durable steps of an effect (the numbers are those at the door of EffectRunner), and of a migration.
 * Nobody listens in production, where telling is an empty call; the reliability suite listens and ends the process there.
 */
export const moments = {
  /** After 1: the intent is recorded, nothing was done. */
  recorded: channel('krate:effects:recorded'),
  /** After 3: the record says that it runs, and it does not yet. */
  begun: channel('krate:effects:begun'),
  /** After 4: it is done, and the record does not know. */
  performed: channel('krate:effects:performed'),
  /** After 5: the outcome is stored, and its owner was not told. */
  finished: channel('krate:effects:finished'),
  /** A step of a schema is taken; others are not. */
  duringMigration: channel('krate:tables:during-migration'),
};
