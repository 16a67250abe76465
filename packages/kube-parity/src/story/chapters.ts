import { applying } from './applying';
import { collecting } from './collecting';
import { deleting } from './deleting';
import { describing } from './describing';
import { listing } from './listing';
import { migrating } from './migrating';
import { paging } from './paging';
import { refusing } from './refusing';
import { speaking } from './speaking';
import { Teller } from './Teller';
import { updating } from './updating';
import { watching } from './watching';

/** The story's chapters; each makes objects of its own and leaves nothing the next one sees. */
export const CHAPTERS: Readonly<Record<string, (teller: Teller) => Promise<void>>> = {
  updating,
  applying,
  migrating,
  refusing,
  deleting,
  listing,
  paging,
  watching,
  speaking,
  describing,
  collecting,
};
