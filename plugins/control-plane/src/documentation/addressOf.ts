/** Where a link of a documentation page leads: to other pages in the portal, elsewhere as it says. */
export function addressOf(address: string, page: string): string {
  if (/^([a-z]+:|\/|#)/i.test(address)) return address;
  const url = new URL(address, `http://docs/documentation/${page}`);
  return `${url.pathname.replace(/\.md$/, '')}${url.hash}`;
}
