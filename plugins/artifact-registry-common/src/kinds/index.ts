import { Kind } from '@krate/resource-model';
import { ArtifactAccessPolicy } from './artifactAccessPolicy.kind';
import { ArtifactDownload } from './artifactDownload.kind';
import { ArtifactFeed } from './artifactFeed.kind';
import { ArtifactRegistry } from './artifactRegistry.kind';
import { ArtifactVersion } from './artifactVersion.kind';

export { ArtifactAccessPolicy, ArtifactDownload, ArtifactFeed, ArtifactRegistry, ArtifactVersion };

/** The kinds of the artifact registry. */
export const artifactRegistryKinds: readonly Kind[] = [
  ArtifactAccessPolicy,
  ArtifactDownload,
  ArtifactFeed,
  ArtifactRegistry,
  ArtifactVersion,
];
