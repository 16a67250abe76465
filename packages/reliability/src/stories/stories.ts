import { killedAtRandom } from './killedAtRandom';
import { Story } from './Story';

/** The stories that a seed tells, by the name they are asked for. */
export const stories = {
  kill: killedAtRandom,
} satisfies Record<string, Story>;
