import { Command } from 'commander';
import { ApiClient, ApiObject } from '../ApiClient';
import { CliError, EXIT } from '../CliError';
import { contextOf, namespaceOfOrganization } from '../context';
import { readManifests } from '../manifests';
import { noteUnattended } from '../noteUnattended';
import { print, printJson } from '../output';

/** How long a new organization may take until there is a namespace for what follows it. */
const PROVISIONING_SECONDS = 30;

interface ApplyOptions {
  filename: string[];
  force: boolean;
  dryRun: boolean;
}

/** A new organization gets its namespace a moment later; what comes next in the same files needs it. */
async function waitUntilReady(client: ApiClient, { kind, metadata }: ApiObject): Promise<void> {
  const stop = AbortSignal.timeout(PROVISIONING_SECONDS * 1000);
  try {
    for await (const { status } of client.watch(kind, metadata.namespace!, metadata.name, stop)) {
      const conditions: { type: string; status: string }[] = status?.conditions ?? [];
      if (conditions.some(({ type, status: state }) => type === 'Ready' && state === 'True')) return;
    }
  } catch (error) {
    if (!stop.aborted) throw error;
    throw new CliError(
      `not ready after ${PROVISIONING_SECONDS} s; see \`krate describe organization ${metadata.name}\``,
      EXIT.timedOut,
    );
  }
}

export function registerApply(program: Command): void {
  program
    .command('apply')
    .description('create or change objects from files, folders or standard input')
    .requiredOption('-f, --filename <path...>', 'file, folder, or - for standard input')
    .option('--force', 'take over fields that another manager owns', false)
    .option('--dry-run', 'let the server check without storing', false)
    .action(async (options: ApplyOptions, command: Command) => {
      const { client, json, namespaceOf } = contextOf(command);
      const manifests: ApiObject[] = [];
      for (const source of options.filename) manifests.push(...(await readManifests(source)));

      const applied: ApiObject[] = [];
      const applyOne = async (manifest: ApiObject, later: ApiObject[]) => {
        const { namespaced } = await client.resource(manifest.kind);
        if (namespaced) manifest.metadata.namespace ??= await namespaceOf(manifest.kind);
        const object = await client.apply(manifest, options);
        applied.push(object);
        if (!json)
          print(`${manifest.kind}/${manifest.metadata.name} applied${options.dryRun ? ' (dry run)' : ''}`);
        const namespace = namespaceOfOrganization(manifest.metadata.name);
        const isAwaited = later.some(({ metadata }) => metadata.namespace === namespace);
        if (manifest.kind === 'Organization' && isAwaited && !options.dryRun)
          await waitUntilReady(client, object);
      };
      for (const [index, manifest] of manifests.entries()) {
        try {
          await applyOne(manifest, manifests.slice(index + 1));
        } catch (error) {
          if (!(error instanceof CliError)) throw error;
          throw new CliError(`${manifest.kind}/${manifest.metadata.name}: ${error.message}`, error.exitCode);
        }
      }
      for (const kind of new Set(applied.map(object => object.kind))) await noteUnattended(client, kind);
      if (json) printJson(applied);
    });
}
