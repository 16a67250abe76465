import { AccessAttributes, AccessDecision, Principal } from '@krate/plugin-control-plane-node';

/**
 * Decides every access, from resources alone. The API, admission, `kubectl auth can-i` and the portal's permissions all
 * ask here, so that they cannot disagree.
 */
export interface Authorizer {
  /**
   * Decides on what the store holds now: a role given by an earlier request of this process counts at once. The life of
   * a write calls this before admission, so that a stranger learns nothing from an admission message.
   */
  authorize(principal: Principal, attributes: AccessAttributes): Promise<AccessDecision>;
  /** Decides on the cache as it stands: for further questions within a request that was authorized already. */
  decide(principal: Principal, attributes: AccessAttributes): AccessDecision;
}
