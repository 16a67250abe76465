import { defineReconciler, reads, Result } from '@krate/controller-runtime';
import { Namespace, ORGANIZATION_LABEL, OrgNamespaceBinding } from '@krate/plugin-control-plane-common';

/** Says whether the bound namespace is there and carries the organization's label. */
export const orgNamespaceBindingReconciler = defineReconciler({
  for: OrgNamespaceBinding,
  reads: { namespace: reads.named(Namespace, (binding: OrgNamespaceBinding) => binding.spec.namespace) },

  reconcile({ namespace }, { spec }): Result<typeof OrgNamespaceBinding> {
    if (!namespace) {
      const message = `The namespace ${spec.namespace} does not exist`;
      return {
        status: { phase: 'Pending' },
        conditions: [{ type: 'Ready', status: 'False', reason: 'NamespaceMissing', message }],
      };
    }
    if (namespace.metadata.labels?.[ORGANIZATION_LABEL] !== spec.organizationRef) {
      const message = `The namespace ${spec.namespace} is not labelled as the organization’s`;
      return {
        status: { phase: 'Conflict' },
        conditions: [{ type: 'Ready', status: 'False', reason: 'NamespaceTaken', message }],
      };
    }
    return {
      status: { phase: 'Bound' },
      conditions: [{ type: 'Ready', status: 'True', reason: 'Bound', message: `Bound to ${spec.namespace}` }],
    };
  },
});
