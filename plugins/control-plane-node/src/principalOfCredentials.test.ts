import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import { principalOfCredentials } from './principalOfCredentials';

const auth = mockServices.auth();

describe('principalOfCredentials', () => {
  it('is the person behind the call', () => {
    const credentials = mockCredentials.user('user:default/ada');
    expect(principalOfCredentials(auth, credentials)).toEqual({ type: 'user', name: 'ada' });
  });

  it.each([
    {
      who: mockCredentials.user('user:globex/ada'),
      reason: 'the same name in another namespace is somebody else',
    },
    { who: mockCredentials.service('plugin:scaffolder'), reason: 'a plugin is nobody' },
  ])('refuses: $reason', ({ who }) => {
    expect(() => principalOfCredentials(auth, who)).toThrow();
  });
});
