import { applyOperation, getValueByPointer, JsonPatchError, Operation } from 'fast-json-patch';
import { ApiError, assertPlainTree, cloneJson, isObject, JsonObject } from '@krate/resource-model';
import { PatchRequest } from './requests';
import { WireObject } from './WireObject';

/** How many operations one JSON patch may have, as in Kubernetes. */
const OPERATIONS_LIMIT = 10_000;
/** What its copies may add altogether, in characters of JSON, as in Kubernetes: each copy can double the object. */
const COPIES_LIMIT = 3 * 1024 * 1024;

/** The object as a patch makes it; the input is not changed. */
export function applyPatch(
  { type, patch }: Pick<PatchRequest, 'type' | 'patch'>,
  object: WireObject,
): JsonObject {
  const patched = type === 'merge' ? mergePatch(object, patch) : jsonPatch(object, patch);
  if (isObject(patched)) return patched;
  throw new ApiError('Invalid', 'the patch would not leave an object');
}

/** JSON merge patch, RFC 7396. */
export function mergePatch(target: unknown, patch: unknown): unknown {
  if (!isObject(patch)) return cloneJson(patch);
  const merged: JsonObject = isObject(target) ? { ...target } : {};
  for (const [name, value] of Object.entries(patch)) {
    if (value === null) delete merged[name];
    else merged[name] = mergePatch(merged[name], value);
  }
  return merged;
}

/** JSON patch, RFC 6902. */
function jsonPatch(object: WireObject, patch: unknown): unknown {
  if (!Array.isArray(patch)) throw new ApiError('BadRequest', 'a JSON patch must be a list of operations');
  if (patch.length > OPERATIONS_LIMIT) {
    const message = `The allowed maximum operations in a JSON patch is ${OPERATIONS_LIMIT}, got ${patch.length}`;
    throw new ApiError('RequestEntityTooLarge', message);
  }
  assertPlainTree(patch);
  try {
    const patched = applyOperations(cloneJson(object), patch);
    assertPlainTree(patched);
    return patched;
  } catch (error) {
    throw refusal(error);
  }
}

function applyOperations(object: unknown, patch: readonly Operation[]): unknown {
  let document = object;
  let copied = 0;
  patch.forEach((operation, index) => {
    copied += copiedBy(document, operation);
    if (copied > COPIES_LIMIT) {
      const message = `Unable to complete the copy operations of the patch: they add more than ${COPIES_LIMIT} bytes`;
      throw new ApiError('RequestEntityTooLarge', message);
    }
    document = applyOperation(document, operation, true, true, true, index).newDocument;
  });
  return document;
}

function copiedBy(document: unknown, operation: Operation | null): number {
  if (operation?.op !== 'copy' || typeof operation.from !== 'string') return 0;
  return JSON.stringify(getValueByPointer(document, operation.from))?.length ?? 0;
}

function refusal(error: unknown): unknown {
  if (error instanceof JsonPatchError) {
    const why = error.message.split('\n')[0];
    return new ApiError('Invalid', `the patch cannot be applied: ${error.name}: ${why}`);
  }
  if (error instanceof TypeError)
    return new ApiError('BadRequest', `the patch is not allowed: ${error.message}`);
  return error;
}
