import { applyPatch } from './applyPatch';
import { authorize } from './authorize';
import { readLive, storeChange } from './change';
import { decode, unknownFieldsOf } from './decode';
import { PatchRequest, Written } from './requests';
import { withRetries } from './retries';
import { ServiceContext } from './ServiceContext';

/** PATCH by merge patch or JSON patch. Tried again on the newest version when the object moves, unless the patch names one. */
export async function patch(context: ServiceContext, request: PatchRequest): Promise<Written> {
  await authorize(context, request, 'patch');
  return withRetries(request.kind, request.name, async () => {
    const live = await readLive(context, request);
    const known = unknownFieldsOf(request.kind, live.object);
    const { object: next, warnings } = decode(request, applyPatch(request, live.object), request, known);
    const object = await storeChange(context, { target: request, verb: 'patch', live, next });
    return { object, created: false, warnings };
  });
}
