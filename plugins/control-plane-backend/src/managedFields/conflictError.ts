import { ApiError } from '@krate/resource-model';
import { FieldSet } from './FieldSet';
import { ManagerRecord, compareText, managerIdentity } from './managerTable';
import { formatPath } from './PathElement';

/** A field that an applier would change although another manager owns it. */
export interface FieldConflict {
  owner: ManagerRecord;
  fields: FieldSet;
}

/**
 * The refusal of an apply, worded as kubectl expects it.
 * https://kubernetes.io/docs/reference/using-api/server-side-apply/#conflicts
 */
export function conflictError(conflicts: FieldConflict[]): ApiError {
  const sorted = [...conflicts].sort((a, b) =>
    compareText(managerIdentity(a.owner), managerIdentity(b.owner)),
  );
  const causes = sorted.flatMap(({ owner, fields }) =>
    fields.paths().map(path => ({
      reason: 'FieldManagerConflict',
      message: `conflict with ${describe(owner)}`,
      field: formatPath(path),
    })),
  );
  return new ApiError('Conflict', messageOf(sorted, causes.length), { causes });
}

function messageOf(conflicts: FieldConflict[], count: number): string {
  const paths = (fields: FieldSet) => fields.paths().map(formatPath);
  if (count === 1) {
    const [{ owner, fields }] = conflicts;
    return `Apply failed with 1 conflict: conflict with ${describe(owner)}: ${paths(fields)[0]}`;
  }
  const lines = conflicts.flatMap(({ owner, fields }) => [
    `conflicts with ${describe(owner)}:`,
    ...paths(fields).map(path => `- ${path}`),
  ]);
  return `Apply failed with ${count} conflicts: ${lines.join('\n')}`;
}

function describe(owner: ManagerRecord): string {
  const through = owner.subresource ? ` with subresource ${JSON.stringify(owner.subresource)}` : '';
  const using = owner.operation === 'Update' ? ` using ${owner.apiVersion}` : '';
  return `${JSON.stringify(owner.manager)}${through}${using}`;
}
