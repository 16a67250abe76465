import { PortableStore } from './PortableStore';
import { compactionGuarantees } from './conformance/compaction';
import { durabilityGuarantees } from './conformance/durability';
import { listGuarantees } from './conformance/lists';
import { noteGuarantees } from './conformance/notes';
import { numberGuarantees } from './conformance/numbers';
import { pagingGuarantees } from './conformance/paging';
import { portableGuarantees } from './conformance/portable';
import { selectorGuarantees } from './conformance/selectors';
import { watchGuarantees } from './conformance/watches';
import { writeGuarantees } from './conformance/writes';

/** A fresh, empty store and how to get rid of it. */
export interface StoreUnderTest {
  store: PortableStore;
  /** Opens the same data again after `store.close()`. Absent when the driver keeps nothing. */
  reopen?(): Promise<PortableStore>;
  /** Closes what is open and removes the data. */
  dispose(): Promise<void>;
}

/** Gives each test its own store. */
export interface SuiteContext {
  store(): PortableStore;
  reopen(): Promise<PortableStore>;
}

/**
 * The guarantees of {@link ResourceStore} as tests. Every driver runs this suite from its own test file; what a driver
 * adds (files, locks, schema) it tests there.
 */
export function describeResourceStore(name: string, open: () => Promise<StoreUnderTest>): void {
  describe(`${name} as a ResourceStore`, () => {
    let current: StoreUnderTest;
    const context: SuiteContext = {
      store: () => current.store,
      reopen: async () => {
        if (!current.reopen) throw new Error('This driver cannot be reopened');
        return current.reopen();
      },
    };
    beforeEach(async () => {
      current = await open();
    });
    afterEach(() => current.dispose());

    describe('writes', () => {
      writeGuarantees(context);
    });
    describe('numbers', () => {
      numberGuarantees(context);
    });
    describe('notes', () => {
      noteGuarantees(context);
    });
    describe('lists', () => {
      listGuarantees(context);
    });
    describe('pages', () => {
      pagingGuarantees(context);
    });
    describe('selectors', () => {
      selectorGuarantees(context);
    });
    describe('watches', () => {
      watchGuarantees(context);
    });
    describe('compaction', () => {
      compactionGuarantees(context);
    });
    describe('dumps', () => {
      portableGuarantees(context);
    });
    describe('closing', () => {
      durabilityGuarantees(context);
    });
  });
}
