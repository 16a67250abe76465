/** Where a round takes place. */
export const ORG = 'acme';
export const NAMESPACE = `krate-org-${ORG}`;
export const REPOSITORY = 'sums';
