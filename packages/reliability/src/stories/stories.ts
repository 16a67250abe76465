import { crashesWhileMigrating } from './crashesWhileMigrating';
import { killedAtRandom } from './killedAtRandom';
import { rollingRestart } from './rollingRestart';
import { Story } from './Story';

/** The stories that a seed tells, by the name they are asked for. */
export const stories = {
  kill: killedAtRandom,
  migrate: crashesWhileMigrating,
  roll: rollingRestart,
} satisfies Record<string, Story>;
