import { defineKind, ref, ResourceOf } from '@krate/resource-model';
import { z } from 'zod';
import { environment, image, MODEL_FORMATS, resources, words } from '../fields';

export const KrateServingRuntime = defineKind({
  kind: 'KrateServingRuntime',
  plural: 'krateservingruntimes',
  shortNames: ['servingruntime', 'servingruntimes'],
  area: 'inference',
  storage: 'config',
  summary: 'A program that loads models of certain formats and answers for them.',
  writableBy: 'admin',
  spec: z.object({
    displayName: z.string().min(1).max(120).optional().describe('The name people read.'),
    description: z.string().max(1000).optional().describe('What it is good for.'),
    supportedModelFormats: z
      .array(
        z.object({
          name: z.enum(MODEL_FORMATS).describe('The format.'),
          version: z.string().max(60).optional().describe('Version of the format. Absent: any.'),
          autoSelect: z
            .boolean()
            .default(false)
            .describe('Services that name no runtime get this one for the format.'),
          priority: z
            .int()
            .min(1)
            .max(1000)
            .optional()
            .describe('Which of several that select themselves is taken; the greatest.'),
        }),
      )
      .min(1)
      .max(20)
      .describe('What it can load.'),
    protocolVersions: z
      .array(z.enum(['v1', 'v2']))
      .min(1)
      .max(2)
      .default(['v2'])
      .describe('How it can be asked.'),
    containers: z
      .array(
        z.object({
          name: z
            .string()
            .max(63)
            .regex(/^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/)
            .default('kserve-container')
            .describe('Its name; the one that answers is `kserve-container`.'),
          image: image(),
          command: words('Program to start. Empty: that of the image.'),
          args: words('What it is started with; `{{.Name}}` is the name of the service.'),
          env: environment(),
          resources: resources('What it needs, where the service does not say.'),
          port: z.int().min(1).max(65_535).optional().describe('Port it answers on.'),
        }),
      )
      .min(1)
      .max(10)
      .describe('What runs in each replica; the first one answers.'),
    multiModel: z.boolean().default(false).describe('One replica can hold several models.'),
    imagePullSecret: ref('Secret')
      .optional()
      .describe('Holds the credentials of the registry of the images.'),
    nodeSelector: z
      .record(z.string(), z.string().max(63))
      .optional()
      .describe('Labels that a node must have to run it.'),
    disabled: z.boolean().default(false).describe('No further service gets it; those that have it keep it.'),
  }),
  status: z.object({
    phase: z.enum(['Pending', 'Ready', 'Failed']).optional().describe('How it stands.'),
    referencedBy: z
      .int()
      .min(0)
      .optional()
      .describe('How many services use it; it is not deleted before that is none.'),
    kserveRef: z
      .object({
        apiVersion: z.string().describe('Group and version of it.'),
        name: z.string().describe('Its name.'),
        namespace: z.string().describe('Its namespace.'),
      })
      .optional()
      .describe('The ServingRuntime of KServe that stands for it.'),
  }),
  conditions: {
    KServeAvailable: ['Installed', 'KServeUnavailable', 'NoCluster'],
    Ready: ['Applied', 'Pending', 'Disabled', 'KServeUnavailable', 'SecretMissing', 'ApplyFailed'],
  },
  columns: [
    { name: 'Formats', path: 'spec.supportedModelFormats.name' },
    { name: 'Image', path: 'spec.containers.image' },
    { name: 'Services', path: 'status.referencedBy', type: 'integer' },
    { name: 'Ready', condition: 'Ready' },
  ],
  catalog: { type: 'serving-runtime' },
  examples: [
    {
      apiVersion: 'krate.a5c.ai/v1alpha1',
      kind: 'KrateServingRuntime',
      metadata: { name: 'sklearn-server', namespace: 'krate-org-acme' },
      spec: {
        displayName: 'scikit-learn',
        supportedModelFormats: [{ name: 'sklearn', version: '1', autoSelect: true }],
        protocolVersions: ['v1', 'v2'],
        containers: [
          {
            name: 'kserve-container',
            image: 'kserve/sklearnserver:v0.15.2',
            args: ['--model_name={{.Name}}', '--model_dir=/mnt/models', '--http_port=8080'],
            resources: { requests: { cpu: '100m', memory: '512Mi' }, limits: { cpu: 1, memory: '2Gi' } },
            port: 8080,
          },
        ],
      },
    },
  ],
  docs: `Becomes a ServingRuntime of KServe in the organization’s namespace. Its containers run whatever image they name: that is why
only admins write it.`,
});
export type KrateServingRuntime = ResourceOf<typeof KrateServingRuntime>;
