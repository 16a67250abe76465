import { inOrder } from './documentTypes';

describe('inOrder', () => {
  it('shows an object once, what only the catalog knows as well, and what is written last', () => {
    const own = {
      type: 'krate-repository',
      document: { organization: 'acme', name: 'till', location: '/x' },
    };
    const catalog = (location: string) => ({ type: 'software-catalog', document: { location } });
    const other = catalog('/catalog/globex/component/till');
    const template = catalog('/catalog/default/template/create-stack');
    const guide = { type: 'krate-guide', document: { location: '/documentation/guides/tour' } };
    const found = [guide, catalog('/catalog/acme/component/till'), own, other, template];
    expect(inOrder(found)).toEqual([own, other, template, guide]);
  });
});
