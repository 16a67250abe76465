import { ApiError, Status } from './ApiError';

const status = (change: Partial<Status>): Status => ({
  kind: 'Status',
  apiVersion: 'v1',
  metadata: {},
  status: 'Failure',
  ...change,
});

describe('ApiError', () => {
  it('travels as a Status and back', () => {
    const error = new ApiError('Conflict', 'Fetch it again', {
      name: 'x',
      causes: [{ reason: 'FieldManagerConflict', message: 'm', field: 'spec.a' }],
    });
    expect(error.toStatus()).toMatchObject({
      kind: 'Status',
      status: 'Failure',
      code: 409,
      reason: 'Conflict',
      message: 'Fetch it again',
    });
    expect(ApiError.fromStatus(error.toStatus())).toEqual(error);
  });

  it.each([
    { reason: 'a reason', given: { reason: 'AlreadyExists', code: 409 }, want: 'AlreadyExists' },
    { reason: 'only a code', given: { code: 404 }, want: 'NotFound' },
    { reason: 'a foreign reason', given: { reason: 'Teapot', code: 409 }, want: 'Conflict' },
    { reason: 'a name of Object.prototype', given: { reason: 'constructor', code: 403 }, want: 'Forbidden' },
    { reason: 'nothing', given: {}, want: 'InternalError' },
  ])('reads $reason', ({ given, want }) => {
    expect(ApiError.fromStatus(status(given)).reason).toBe(want);
  });
});
