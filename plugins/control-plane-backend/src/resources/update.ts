import { authorize } from './authorize';
import { readLive, storeChange } from './change';
import { decode, unknownFieldsOf } from './decode';
import { UpdateRequest, Written } from './requests';
import { withRetries } from './retries';
import { ServiceContext } from './ServiceContext';

/** PUT on an object or its status. With a resourceVersion in the body it replaces that version only. */
export async function update(context: ServiceContext, request: UpdateRequest): Promise<Written> {
  await authorize(context, request, 'update');
  return withRetries(request.kind, request.name, async () => {
    const live = await readLive(context, request);
    const { object: next, warnings } = decode(
      request,
      request.object,
      request,
      unknownFieldsOf(request.kind, live.object),
    );
    const object = await storeChange(context, { target: request, verb: 'update', live, next });
    return { object, created: false, warnings };
  });
}
