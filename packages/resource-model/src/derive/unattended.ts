import { Kind } from '../defineKind';

/** Said wherever a kind is shown that no reconciler is installed for. */
export const NO_CONTROLLER =
  'No controller is installed: objects are kept as they are written, and get no status.';

/**
 * Whether no reconciler looks after objects of a kind. The kinds of the core group are the server’s own to act on.
 *
 * @param controllers - the names of the installed reconcilers for the kind; undefined when they are not known
 */
export function isUnattended(kind: Pick<Kind, 'group'>, controllers: readonly string[] | undefined): boolean {
  return controllers?.length === 0 && kind.group !== '';
}
