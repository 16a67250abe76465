/** Where Krate's API answers. */
export const GROUP = '/apis/krate.a5c.ai/v1alpha1';

/** A manifest of one of Krate's kinds. */
export const object = (kind, name, namespace, spec) => ({
  apiVersion: 'krate.a5c.ai/v1alpha1',
  kind,
  metadata: { name, namespace },
  spec,
});
