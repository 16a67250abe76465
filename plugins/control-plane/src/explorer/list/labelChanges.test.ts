import { parseLabelChanges } from './labelChanges';

describe('parseLabelChanges', () => {
  it.each([
    { text: 'tier=web team-', labels: { tier: 'web', team: null } },
    { text: 'krate.a5c.ai/tier=web, a=b', labels: { 'krate.a5c.ai/tier': 'web', a: 'b' } },
    { text: '  ', labels: undefined },
  ])('$text', ({ text, labels }) => {
    expect(parseLabelChanges(text)).toEqual(labels ? { labels } : {});
  });

  it.each(['tier', 'tier!=web', 'tier=a/b', '-'])('%j is refused', text => {
    expect(parseLabelChanges(text).problem).toBeTruthy();
  });
});
