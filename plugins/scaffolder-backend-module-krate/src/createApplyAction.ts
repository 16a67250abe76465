import { AuthService } from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import { ControlPlane, principalOfCredentials } from '@krate/plugin-control-plane-node';
import { parseAllDocuments } from 'yaml';

interface Manifest {
  apiVersion: string;
  kind: string;
  metadata: { name: string; namespace?: string };
}

/** `krate:apply`: server-side apply of manifests with the rights of whoever started the template. */
export function createApplyAction(options: { ready: () => Promise<ControlPlane>; auth: AuthService }) {
  return createTemplateAction({
    id: 'krate:apply',
    description: 'Creates or changes Krate resources, as the person who started the template',
    examples: [
      {
        description: 'Create a repository',
        example:
          'steps:\n  - id: apply\n    action: krate:apply\n    input:\n      namespace: krate-org-acme\n      manifest: |\n        apiVersion: krate.a5c.ai/v1alpha1\n        kind: Repository\n        metadata: { name: web }\n        spec: {}\n',
      },
    ],
    supportsDryRun: true,
    schema: {
      input: {
        manifest: zod => zod.string().describe('One or more manifests, as YAML'),
        namespace: zod => zod.string().optional().describe('For manifests that name none'),
      },
      output: {
        objects: zod => zod.array(zod.any()).describe('The objects as stored'),
      },
    },
    async handler(ctx) {
      const controlPlane = await options.ready();
      const client = controlPlane.clientFor(
        principalOfCredentials(options.auth, await ctx.getInitiatorCredentials()),
      );
      const manifests = parseManifests(ctx.input.manifest);
      if (ctx.isDryRun) {
        ctx.output('objects', manifests as any);
        return;
      }
      const objects = [];
      for (const manifest of manifests) {
        const kind = controlPlane.kinds.kind(manifest.kind);
        if (!kind) throw new InputError(`Krate has no kind ${manifest.kind}`);
        const metadata = {
          ...manifest.metadata,
          namespace: manifest.metadata.namespace ?? ctx.input.namespace,
        };
        objects.push(
          await client.apply(kind, { ...manifest, metadata } as any, { fieldManager: 'krate-templates' }),
        );
        ctx.logger.info(`${manifest.kind}/${manifest.metadata.name} is applied`);
      }
      ctx.output('objects', objects as any);
    },
  });
}

function parseManifests(text: string): Manifest[] {
  return parseAllDocuments(text).map(document => {
    if (document.errors.length > 0)
      throw new InputError(`The manifest is not valid YAML: ${document.errors[0].message}`);
    const manifest = document.toJS() as Partial<Manifest> | null;
    if (!manifest?.kind || !manifest.metadata?.name)
      throw new InputError('A manifest needs a kind and a metadata.name');
    return manifest as Manifest;
  });
}
