import { AdmissionRequest } from '@krate/plugin-control-plane-node';

/**
 * The rules on writes, built in and of the areas. The life of a write calls `prepare` on the decoded object before its
 * schema is checked, and `admit` after it is valid. Both may change `request.object` in place and refuse by throwing an
 * `ApiError`. A status update goes through neither: only the system writes status.
 */
export interface Admission {
  /** Fills in the organization and refuses references into another one, with their own code rather than a schema's. */
  prepare(request: AdmissionRequest): Promise<void>;
  /** Server-owned annotations, actions with their stamps, names, escalation, and then the areas' rules. */
  admit(request: AdmissionRequest): Promise<void>;
}
