import { Row } from './Row';
import { CallerName } from './Stage';

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
