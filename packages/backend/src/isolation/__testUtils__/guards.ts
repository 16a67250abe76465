import { Row } from './Row';
import { CallerName } from './Stage';

/** How a route keeps an organization's own things in it. */
export type Guard =
  /** Tells anybody the same, and nothing of any organization. */
  | 'open'
  /** Asks for a proof in the request itself (a link, a cookie, an invitation) and takes no other. */
  | 'proof'
  /** Tells and changes only what is the caller's own. */
  | 'own'
  /** Answers everybody who is signed in, with what they may see. */
  | 'filtered'
  /** Belongs to an organization, which the request names: whoever is not in it is told no more than of one that is not there. */
  | 'organization'
  /** For its admins alone. */
  | 'organization-admin'
  /** For the administrators of the platform. */
  | 'platform'
  /** For the portal's own plugins, with a token of theirs. */
  | 'service'
  /** Not served: nobody gets anything. */
  | 'closed'
  /** What is mounted here is listed route by route elsewhere in the table, or answers nothing. */
  | 'absent';

type Expectation = (status: number) => boolean;

const refused: Expectation = status => [401, 403, 404, 405].includes(status);
const unauthenticated: Expectation = status => status === 401;
/** The caller is let in; what they sent may still be no good. */
const letIn: Expectation = status => status < 500 && ![401, 403].includes(status);
const answered: Expectation = status => status < 400;
const anything: Expectation = status => status < 500;

/** Credentials that were good once; what they open needs no thought. */
const SPENT: CallerName[] = ['expired', 'revoked'];

/** What a route owes to a caller, by status; what may be in the answer is judged apart from that. */
export function expectationOf({ guard, nothingThere }: Row, caller: CallerName): Expectation {
  switch (guard) {
    case 'open':
    case 'proof':
    case 'absent':
      return anything;
    case 'own':
    case 'filtered':
      if (SPENT.includes(caller)) return unauthenticated;
      if (caller === 'nobody') return refused;
      return ['reader', 'platform'].includes(caller) ? letIn : anything;
    case 'organization':
      if (SPENT.includes(caller)) return unauthenticated;
      if (!['reader', 'readOnly', 'platform'].includes(caller)) return refused;
      return nothingThere ? anything : answered;
    case 'organization-admin':
      if (SPENT.includes(caller)) return unauthenticated;
      return caller === 'readOnly' || caller === 'platform' ? anything : refused;
    case 'platform':
      if (SPENT.includes(caller)) return unauthenticated;
      return caller === 'platform' ? letIn : refused;
    case 'service':
    case 'closed':
      return refused;
    default:
      throw new Error(`What does ${guard} mean?`);
  }
}
