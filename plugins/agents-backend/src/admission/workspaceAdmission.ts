import { KrateWorkspace } from '@krate/plugin-agents-common';
import { AdmissionRule } from '@krate/plugin-control-plane-node';
import { forbidden, invalid } from './refuse';

/** A workspace is claimed and given back by the control plane alone, and not deleted under a run. */
export const workspaceAdmission: AdmissionRule<typeof KrateWorkspace> = {
  name: 'agents-workspace',
  kinds: [KrateWorkspace],
  operations: ['create', 'update', 'delete'],
  admit({ operation, object, oldObject, principal }) {
    if (principal.type === 'system') return;
    if (operation === 'delete') {
      if (!object.spec.runRef) return;
      throw invalid(
        'WORKSPACE_IN_USE',
        'spec.runRef',
        `The workspace is in use by ${object.spec.runRef}: cancel the run first`,
      );
    }
    if (object.spec.runRef === oldObject?.spec.runRef) return;
    throw forbidden(
      'WORKSPACE_CLAIM_RESERVED',
      'A run claims a workspace by itself: name the workspace in its spec.workspaceRef',
      'spec.runRef',
    );
  },
};
