import { Guard } from './Guard';
import { Place } from './Stage';

/** What is sent to a route to see how it is guarded. Parameters of the path that are not given name the home organization. */
export interface Ask {
  params?: Record<string, string>;
  query?: Record<string, string>;
  body?: unknown;
  /** Content type of the body; JSON when absent. */
  type?: string;
}

/** One route, or one that every plugin has (`/api/*` for its name), and how it is guarded. */
export interface Row {
  /** As `routesOf` names it. */
  route: string;
  guard: Guard;
  /** By what it decides, for whoever reads the table. */
  why: string;
  ask?(home: Place): Ask;
  /** The answer lasts: it is opened, listened to for a moment and left. */
  streams?: boolean;
  /** Other words find other pages, so that the answers about two names differ whatever there is. */
  byWords?: boolean;
  /** A member finds the organization's name in the answer. */
  shows?: boolean;
  /** What is asked for does not exist, so that a member hears 404 or 409 too. */
  nothingThere?: boolean;
}
