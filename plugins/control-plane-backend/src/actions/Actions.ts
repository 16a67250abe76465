import { principalName } from '@krate/plugin-control-plane-node';
import { Action, ApiError, JsonObject } from '@krate/resource-model';
import { AuditTrail } from '../audit/AuditTrail';
import { ActionCaller, FacadeActions } from '../facade/FacadeActions';
import { assertWrites } from '../identity/tokenLimits';
import { ActionRequest, ActionRequests } from './ActionRequests';

/** What is answered instead of a result when a person has to agree first. */
export interface AskedFirst {
  needsApproval: true;
  /** Where the person the program acts for agrees, or does not. */
  approve: string;
  /** RFC 3339; after it the program has to ask anew. */
  expiresAt: string;
  message: string;
}

/**
 * What programs do for people: at once where little can be lost, and after the person's word in the portal where it cannot be
 * taken back. A program holds a person's rights, so rights alone cannot tell the two apart.
 */
export class Actions {
  constructor(
    private readonly options: {
      offered: FacadeActions;
      requests: ActionRequests;
      audit: AuditTrail;
      /** Without a trailing slash. */
      portalUrl: string;
    },
  ) {}

  all(): Action[] {
    return this.options.offered.all();
  }

  /** Does the action, or notes down that it is wanted. */
  async perform(name: string, input: JsonObject, caller: ActionCaller): Promise<unknown> {
    const { offered } = this.options;
    return offered.named(name).asksFirst ? this.ask(name, input, caller) : offered.run(name, input, caller);
  }

  /** @throws ApiError BadRequest before anybody is bothered with what could not be done anyway */
  async ask(name: string, input: JsonObject, caller: ActionCaller): Promise<AskedFirst> {
    const { offered, requests, audit, portalUrl } = this.options;
    const { principal } = caller;
    if (principal.type !== 'user') throw new ApiError('Forbidden', 'Only a person can be asked to agree');
    assertWrites(principal);
    await offered.check(name, input, caller);
    const organization = String(input.org);
    const { id, expiresAt } = await requests.ask({
      login: principal.name,
      organization,
      action: name,
      input,
    });
    const details = { action: name, request: id };
    await audit.record({ principal, action: 'action.ask', outcome: 'allowed', organization, details });
    const approve = `${portalUrl}/action-requests/${id}`;
    const message = `Nothing was done yet: ${principal.name} has to agree at ${approve}`;
    return { needsApproval: true, approve, expiresAt, message };
  }

  /** @throws ApiError NotFound */
  async request(id: string, caller: ActionCaller): Promise<ActionRequest & { title: string }> {
    const found = await this.options.requests.find(id, principalName(caller.principal));
    if (!found) throw new ApiError('NotFound', 'Nobody asked you for this, or too long ago');
    return { ...found, title: this.options.offered.named(found.action).title };
  }

  /**
   * The person's word. An agreement does the action at once, as that person; what it fails with is thrown, and it is not
   * tried again.
   *
   * @throws ApiError Conflict when it was decided before, or too late
   */
  async decide(id: string, decision: 'approve' | 'deny', caller: ActionCaller): Promise<unknown> {
    const { offered, requests, audit } = this.options;
    const { principal } = caller;
    const { action, input, organization } = await this.request(id, caller);
    if (!(await requests.decide(id, principalName(principal), decision)))
      throw new ApiError(
        'Conflict',
        'It was decided before, or the request has expired: it has to be asked anew',
      );
    const outcome = decision === 'approve' ? 'allowed' : 'denied';
    const details = { action, request: id };
    await audit.record({ principal, action: 'action.decide', outcome, organization, details });
    return decision === 'approve' ? offered.run(action, input, caller) : undefined;
  }
}
