import { addressOf } from './addressOf';

describe('addressOf', () => {
  it.each([
    { reason: 'a page beside it', address: 'add-a-kind.md', want: '/documentation/guides/add-a-kind' },
    { reason: 'a page elsewhere', address: '../adr/0001-x.md#why', want: '/documentation/adr/0001-x#why' },
    { reason: 'a picture', address: 'images/home.png', want: '/documentation/guides/images/home.png' },
    { reason: 'a place on the page', address: '#start', want: '#start' },
    { reason: 'the web', address: 'https://example.com', want: 'https://example.com' },
    { reason: 'a page of the portal', address: '/orgs/acme', want: '/orgs/acme' },
    { reason: 'beyond the documentation', address: '../../../x.md', want: '/x' },
  ])('$reason', ({ address, want }) => {
    expect(addressOf(address, 'guides/first-tour')).toBe(want);
  });
});
