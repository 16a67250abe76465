import { stringify } from 'yaml';

/** A kubeconfig with one context per organization; the first one is current. */
export function kubeconfigOf(options: {
  server: string;
  /** PEM. */
  authority: string;
  user: string;
  token: string;
  namespaces: readonly string[];
}): string {
  const namespaces = options.namespaces.length > 0 ? options.namespaces : ['default'];
  const contexts = namespaces.map(namespace => ({
    name: namespace.replace(/^krate-org-/, 'krate-'),
    context: { cluster: 'krate', user: options.user, namespace },
  }));
  return stringify({
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [
      {
        name: 'krate',
        cluster: {
          server: options.server,
          'certificate-authority-data': Buffer.from(options.authority).toString('base64'),
        },
      },
    ],
    users: [{ name: options.user, user: { token: options.token } }],
    contexts,
    'current-context': contexts[0].name,
  });
}
