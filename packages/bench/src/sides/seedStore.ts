import { ResourceStore } from '@krate/resource-store';
import { draftOf, keyOf, nameOf } from './Sample';

const BATCH = 500;

/** Fills a store with samples; `labelsOf` says what labels each has. */
export async function seedStore(
  store: ResourceStore,
  count: number,
  labelsOf: (number: number) => Record<string, string> = () => ({}),
): Promise<void> {
  for (let from = 0; from < count; from += BATCH) {
    const size = Math.min(BATCH, count - from);
    await store.write(
      Array.from({ length: size }, (_, index) => {
        const name = nameOf(from + index);
        return { type: 'create', key: keyOf(name), draft: draftOf(name, labelsOf(from + index)) } as const;
      }),
    );
  }
}
