import type { SuiteContext } from '../resourceStore.conformance';
import { WriteOperation } from '../ResourceStore';
import { create, creation, draftOf, keyOf, WIDGETS } from './objects';

export function numberGuarantees({ store }: SuiteContext): void {
  it('passes an error of a number callback on and undoes the write', async () => {
    const broken = numbering('issues', () => {
      throw new RangeError('no such template');
    });
    await expect(store().write([creation({ name: 'x' }), broken])).rejects.toThrow(RangeError);
    await expect(store().list(WIDGETS)).resolves.toEqual({ items: [], revision: 0 });
  });

  it('numbers without repeats or gaps, also when numbered writes fail', async () => {
    await create(store(), { name: 'taken' });
    const calls = Array.from({ length: 40 }, (_, i) =>
      store().write([numbering('issues', value => (i % 4 === 1 ? 'taken' : `issue-${value}`))]),
    );
    const outcomes = await Promise.allSettled(calls);
    const made = outcomes.flatMap(outcome =>
      outcome.status === 'fulfilled' ? outcome.value.map(({ object }) => object.name) : [],
    );
    expect(made).toEqual(Array.from({ length: 30 }, (_, i) => `issue-${i + 1}`));

    const [other] = await store().write([numbering('pulls', value => `pull-${value}`)]);
    expect(other.object.name).toBe('pull-1');
  });
}

function numbering(counter: string, nameFor: (value: number) => string): WriteOperation {
  return {
    type: 'create',
    key: keyOf(),
    draft: draftOf(),
    number: {
      counter,
      assign: value => ({ key: keyOf({ name: nameFor(value) }), draft: draftOf({ name: nameFor(value) }) }),
    },
  };
}
