import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import { principalOfInitiator } from './principalOfInitiator';

const auth = mockServices.auth();

describe('principalOfInitiator', () => {
  it('is the person who started the template', () => {
    const credentials = mockCredentials.user('user:default/ada');
    expect(principalOfInitiator(auth, credentials)).toEqual({ type: 'user', name: 'ada' });
  });

  it.each([
    {
      who: mockCredentials.user('user:globex/ada'),
      reason: 'the same name in another namespace is somebody else',
    },
    { who: mockCredentials.service('plugin:scaffolder'), reason: 'a plugin is nobody' },
  ])('refuses: $reason', ({ who }) => {
    expect(() => principalOfInitiator(auth, who)).toThrow();
  });
});
