import { existsSync } from 'node:fs';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { LoggerService } from '@backstage/backend-plugin-api';
import { ApiError, ResourceInput } from '@krate/resource-model';
import { ControlPlane } from '@krate/plugin-control-plane-node';
import { parseAllDocuments } from 'yaml';
import { ControlPlaneConfig } from '../config';

/** How long an object may wait for what an earlier one makes: the namespace of its organization, the rights in it. */
const PATIENCE_MS = 30_000;

/**
 * On the first start of an empty data directory, applies an example's manifests in the order of their files: as the
 * administrator, through the same admission as anybody's `kubectl apply`. A marker file keeps it from happening again.
 */
export async function applyExamples(
  controlPlane: ControlPlane,
  config: ControlPlaneConfig,
  logger: LoggerService,
): Promise<void> {
  if (!config.examples) return;
  const marker = join(config.dataDirectory, 'examples-applied');
  if (existsSync(marker)) return;

  const folder = join(config.examplesDirectory, config.examples, 'manifests');
  const client = controlPlane.clientFor({ type: 'user', name: config.administrator });
  const manifests = await readManifests(folder);
  for (const manifest of manifests) {
    const kind = controlPlane.kinds.kind(manifest.kind);
    if (!kind) throw new Error(`${folder} has a ${manifest.kind}, which no installed area knows`);
    await patiently(() => client.apply(kind, manifest, { fieldManager: 'krate-examples' }));
  }
  await writeFile(marker, `${new Date().toISOString()} ${config.examples}\n`, { mode: 0o600 });
  logger.info(`The example ${config.examples} is applied: ${manifests.length} objects`);
}

async function readManifests(folder: string): Promise<ResourceInput[]> {
  const files = (await readdir(folder)).filter(name => /\.ya?ml$/.test(name)).sort();
  const texts = await Promise.all(files.map(name => readFile(join(folder, name), 'utf8')));
  return texts.flatMap((text, index) =>
    parseAllDocuments(text).map(document => {
      if (document.errors.length > 0) throw new Error(`${files[index]}: ${document.errors[0].message}`);
      return document.toJS() as ResourceInput;
    }),
  );
}

/** Reconcilers make namespaces and roles a moment after their organization; until then they are missing or refused. */
async function patiently(write: () => Promise<unknown>): Promise<void> {
  const deadline = Date.now() + PATIENCE_MS;
  for (;;) {
    try {
      await write();
      return;
    } catch (error) {
      const notYet = error instanceof ApiError && ['NotFound', 'Forbidden'].includes(error.reason);
      if (!notYet || Date.now() > deadline) throw error;
      await delay(200);
    }
  }
}
