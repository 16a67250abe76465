import { kindConformanceCases } from '@krate/resource-model';
import { externalBackendKinds } from '.';

/** Named, not imported: an area does not depend on another for a reference. The start, and the generator, hold that they are there. */
const alsoInstalled = ['AgentApproval', 'AgentDispatchRun', 'KrateArtifact', 'Secret'];

describe('the kinds of external backends', () => {
  it.each(kindConformanceCases(externalBackendKinds, { alsoInstalled, explained: true }))(
    '$name',
    ({ check }) => {
      expect(check).not.toThrow();
    },
  );
});
