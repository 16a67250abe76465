import { defineEffect, ResourceClient } from '@krate/controller-runtime';
import { Repository } from '@krate/plugin-forge-common';
import { GitRepositories } from '@krate/plugin-forge-node';
import { ImportConfig } from '../config';
import { ownerOf } from '../repositories/createRepository';
import { FetchProgress } from '../repositories/fetchProgress';
import { importRepository, ImportRequest } from '../repositories/importRepository';
import { ImportSource, openSource } from '../repositories/importSource';

export type ImportInput = ImportRequest & { source: ImportSource };

/** How often progress is told. */
const REPORT_EVERY_MS = 1000;

/**
 * Imports the repository of a Repository object, once per uid. Codes: `address-refused`, `path-refused`, `unreachable`,
 * `not-readable`, `objects-refused`, `too-large`, `import-failed`.
 */
export function importRepositoryEffect(options: {
  client: ResourceClient;
  repositories: GitRepositories;
  config: ImportConfig;
}) {
  const { client, repositories, config } = options;
  return defineEffect<ImportInput, Record<string, never>, FetchProgress>({
    name: 'import-repository',
    async observe(_key, input) {
      const owner = await ownerOf(repositories, input);
      return owner === input.uid ? { state: 'done', result: {} } : { state: 'absent' };
    },
    async perform(_key, input, context) {
      let told = 0;
      const report = (progress: FetchProgress) => {
        if (Date.now() - told < REPORT_EVERY_MS) return;
        told = Date.now();
        // Progress that is lost is told again with the next.
        context.report(progress).catch(() => {});
      };
      const source = await openSource(input.source, config);
      await importRepository(repositories, input, source, {
        signal: context.signal,
        report,
        adopt: async defaultBranch => {
          if (defaultBranch === input.defaultBranch) return;
          const key = { namespace: input.namespace, name: input.repository };
          await client.patch(Repository, key, { spec: { defaultBranch } });
        },
      });
      return {};
    },
  });
}
