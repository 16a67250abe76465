export { anObject, type ObjectPartial } from './anObject';
export { expectReconcilerLaws } from './expectReconcilerLaws';
export { FakeClock } from './FakeClock';
export { FakeResourceClient } from './FakeResourceClient';
export { reconcileOnce, SOME_TIME, type Given } from './reconcileOnce';
