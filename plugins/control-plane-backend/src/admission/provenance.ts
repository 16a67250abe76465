import { CREATED_BY_ANNOTATION } from '@krate/plugin-control-plane-common';
import { AdmissionRequest, principalName } from '@krate/plugin-control-plane-node';

/** Every object says who created it; what a caller says about that is overwritten. */
export function stampCreator({ operation, object, oldObject, principal }: AdmissionRequest): void {
  if (operation === 'delete') return;
  const creator =
    operation === 'create'
      ? principalName(principal)
      : oldObject?.metadata.annotations?.[CREATED_BY_ANNOTATION];
  const given = object.metadata.annotations;
  // An object that has no annotations and gets none must not be changed by an empty map of them.
  if (creator === undefined && given?.[CREATED_BY_ANNOTATION] === undefined) return;
  const { [CREATED_BY_ANNOTATION]: _, ...annotations } = given ?? {};
  object.metadata.annotations =
    creator === undefined ? annotations : { ...annotations, [CREATED_BY_ANNOTATION]: creator };
}
