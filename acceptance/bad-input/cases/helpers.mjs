/** Short ways to say a request. A case is {why, by, request: 'METHOD /path', body, type, want, …}. */
import { GROUP, object } from '../objects.mjs';

export const paths = ({ namespace }) => ({
  of: (plural, name) => `${GROUP}/namespaces/${namespace}/${plural}${name === undefined ? '' : `/${name}`}`,
  core: (plural, name) => `/api/v1/namespaces/${namespace}/${plural}${name === undefined ? '' : `/${name}`}`,
});

export const repository = (place, spec = {}, metadata = {}) => ({
  ...object('Repository', 'made-by-test', place.namespace, spec),
  metadata: { name: 'made-by-test', namespace: place.namespace, ...metadata },
});

export const invalid = (field, code) => ({ status: 422, reason: 'Invalid', field, code });
export const bad = message => ({ status: 400, reason: 'BadRequest', message });
export const forbidden = code => ({ status: 403, reason: 'Forbidden', code });
export const unauthorized = { status: 401, reason: 'Unauthorized' };
export const missing = { status: 404, reason: 'NotFound' };
export const accepted = check => ({ status: [200, 201], check });

/** A case for each row of a table whose rows are [why, value]. */
export const table = (rows, toCase) => rows.map(([why, ...values]) => ({ why, ...toCase(...values) }));
