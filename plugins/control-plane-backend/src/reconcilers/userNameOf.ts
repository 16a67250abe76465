/** A Kubernetes object name for a Backstage user name, which may have upper case letters and underscores. */
export function userNameOf(login: string): string {
  const name = login
    .toLowerCase()
    .replace(/[^a-z0-9-]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 50);
  return name || 'user';
}
