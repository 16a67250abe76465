import { Kind } from '@krate/resource-model';
import { PolicyBinding } from './policyBinding.kind';
import { PolicyExceptionRequest } from './policyExceptionRequest.kind';
import { PolicyProfile } from './policyProfile.kind';
import { PolicyTemplate } from './policyTemplate.kind';

export { PolicyBinding, PolicyExceptionRequest, PolicyProfile, PolicyTemplate };

/** The kinds of policy. */
export const policyKinds: readonly Kind[] = [
  PolicyBinding,
  PolicyExceptionRequest,
  PolicyProfile,
  PolicyTemplate,
];
