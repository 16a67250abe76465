import { Bench } from './Bench';
import { chosen, readOptions } from './options';

const bench = (name: string, extra = false) => ({ name, extra }) as Bench;
const benches = [bench('create'), bench('create-100k', true), bench('list')];

describe('the options of the bench', () => {
  it.each([
    { args: [], names: ['create', 'list'], reason: 'all but the further sizes' },
    { args: ['--sizes'], names: ['create', 'create-100k', 'list'], reason: 'the further sizes too' },
    { args: ['--only', 'create'], names: ['create'], reason: 'those whose name begins so' },
    { args: ['--only', 'create-100k'], names: ['create-100k'], reason: 'a further size that is named' },
    {
      args: ['--only', 'create', '--sizes'],
      names: ['create', 'create-100k'],
      reason: 'every size of what is named',
    },
  ])('choose $reason', ({ args, names }) => {
    expect(chosen(benches, readOptions(args)).map(({ name }) => name)).toEqual(names);
  });

  it('never measure fewer than seven rounds', () => {
    expect(readOptions(['--quick']).rounds).toBeGreaterThanOrEqual(7);
    expect(readOptions([]).rounds).toBeGreaterThan(readOptions(['--quick']).rounds);
  });

  it('refuse what there is not', () => {
    expect(() => readOptions(['--fast'])).toThrow("Unknown option '--fast'");
  });
});
