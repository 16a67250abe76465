import { ApiError } from '@krate/resource-model';

/** The refusal an act must end in. */
export async function refusalOf(act: Promise<unknown>): Promise<ApiError> {
  const error = await act.then(
    () => undefined,
    thrown => thrown,
  );
  expect(error).toBeInstanceOf(ApiError);
  return error;
}
