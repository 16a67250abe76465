import { NotificationSettings, withPreference } from './useNotificationSettings';

const settings = (approvals: boolean, runs: boolean, enabled = true): NotificationSettings => ({
  channels: [
    {
      id: 'Web',
      enabled: true,
      origins: [
        {
          id: 'plugin:krate',
          enabled,
          topics: [
            { id: 'approvals', enabled: approvals },
            { id: 'runs', enabled: runs },
          ],
        },
      ],
    },
  ],
});
const place = { channel: 'Web', origin: 'plugin:krate' };

describe('withPreference', () => {
  it.each([
    { reason: 'one topic', place: { ...place, topic: 'runs' }, to: false, want: settings(true, false) },
    { reason: 'an origin with its topics', place, to: false, want: settings(false, false, false) },
    {
      reason: 'nothing of another channel',
      place: { ...place, channel: 'Email' },
      to: false,
      want: settings(true, true),
    },
  ])('changes $reason', ({ place: at, to, want }) => {
    expect(withPreference(settings(true, true), at, to)).toEqual(want);
  });

  it('opens an origin again with the first of its topics', () => {
    expect(withPreference(settings(false, false, false), { ...place, topic: 'runs' }, true)).toEqual(
      settings(false, true, true),
    );
  });
});
