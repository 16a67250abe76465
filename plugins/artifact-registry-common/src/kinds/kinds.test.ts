import { kindConformanceCases } from '@krate/resource-model';
import { artifactRegistryKinds } from '.';

/** Named, not imported: an area does not depend on another for a reference. The start, and the generator, hold that they are there. */
const alsoInstalled = [
  'AgentDispatchRun',
  'ExternalBackendBinding',
  'Job',
  'KrateArtifact',
  'Pipeline',
  'Repository',
  'Secret',
];

describe('the kinds of the artifact registry', () => {
  it.each(kindConformanceCases(artifactRegistryKinds, { alsoInstalled, explained: true }))(
    '$name',
    ({ check }) => {
      expect(check).not.toThrow();
    },
  );
});
