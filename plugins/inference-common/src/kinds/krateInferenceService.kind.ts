import { defineKind, ref, ResourceOf } from '@krate/resource-model';
import { z } from 'zod';
import { environment, image, MODEL_FORMATS, resources, words } from '../fields';

const ownContainer = (what: string) =>
  z
    .object({
      image: image(),
      command: words('Program to start. Empty: that of the image.'),
      args: words('What it is started with.'),
      env: environment(),
      resources: resources('What one replica of it needs.'),
      minReplicas: z.int().min(0).max(1000).default(1).describe('Replicas that always run; 0 lets it sleep.'),
      maxReplicas: z
        .int()
        .min(1)
        .max(1000)
        .optional()
        .describe('The most replicas. Absent: as many as `minReplicas`, at least one.'),
    })
    .optional()
    .describe(what);

export const KrateInferenceService = defineKind({
  kind: 'KrateInferenceService',
  plural: 'krateinferenceservices',
  shortNames: ['inference', 'kisvc'],
  area: 'inference',
  storage: 'config',
  summary: 'A model that is served in the cluster: its files, the runtime that loads it, how far it scales.',
  writableBy: 'maintainer',
  spec: z.object({
    displayName: z.string().min(1).max(120).optional().describe('The name people read.'),
    description: z.string().max(1000).optional().describe('What it predicts, and for whom.'),
    predictor: z
      .object({
        model: z
          .object({
            modelFormat: z
              .object({
                name: z.enum(MODEL_FORMATS).describe('How the model was saved. `custom` needs a `runtime`.'),
                version: z
                  .string()
                  .max(60)
                  .optional()
                  .describe('Version of the format, where runtimes care: `2`.'),
              })
              .describe('The format of the model.'),
            storageUri: z
              .string()
              .max(2048)
              .regex(/^(s3|gs|hf|pvc|https?):\/\/[^\s]+$/)
              .describe('Where its files lie: `s3://`, `gs://`, `hf://`, `pvc://` or `https://`.'),
            runtime: ref('KrateServingRuntime')
              .optional()
              .describe('What loads it. Absent: a runtime that selects itself for the format.'),
            protocolVersion: z
              .enum(['v1', 'v2'])
              .default('v2')
              .describe(
                'How it is asked. `v1`: `POST /v1/models/<name>:predict`. `v2`: `POST /v2/models/<name>/infer`.',
              ),
            args: words('Further arguments of the runtime.'),
            env: environment(),
          })
          .describe('The model.'),
        resources: resources('What one replica needs.'),
        minReplicas: z
          .int()
          .min(0)
          .max(1000)
          .default(1)
          .describe('Replicas that always run; 0 lets it sleep until it is asked.'),
        maxReplicas: z
          .int()
          .min(1)
          .max(1000)
          .default(1)
          .describe('The most replicas; at least `minReplicas`.'),
        scaleMetric: z
          .enum(['concurrency', 'rps', 'cpu', 'memory'])
          .default('concurrency')
          .describe(
            'What it scales by: requests at a time, requests each second, or percent of cpu or memory.',
          ),
        scaleTarget: z
          .int()
          .min(1)
          .max(100_000)
          .optional()
          .describe('How much of that one replica should carry.'),
        timeoutSeconds: z.int().min(1).max(3600).default(60).describe('How long one request may take.'),
        serviceAccountName: z
          .string()
          .max(253)
          .optional()
          .describe('Kubernetes ServiceAccount that its pods run as.'),
        nodeSelector: z
          .record(z.string(), z.string().max(63))
          .optional()
          .describe('Labels that a node must have to run it.'),
      })
      .describe('What answers.'),
    transformer: ownContainer('Runs before and after the model, on its input and output.'),
    explainer: ownContainer('Explains single answers.'),
    storage: z
      .object({
        secretRef: ref('Secret')
          .optional()
          .describe('Holds the credentials of the place where the files lie.'),
      })
      .optional()
      .describe('How the files are reached, where they are not public.'),
    features: z
      .object({
        streaming: z.boolean().default(false).describe('It can answer piece by piece.'),
        batchInference: z.boolean().default(false).describe('It takes many inputs at once.'),
        explainability: z.boolean().default(false).describe('It can explain its answers.'),
        openaiCompatible: z
          .boolean()
          .default(false)
          .describe('It also answers chat completions, under `/openai/v1`.'),
      })
      .default({ streaming: false, batchInference: false, explainability: false, openaiCompatible: false })
      .describe('What it can do, for those who call it.'),
    modelCatalog: z
      .array(
        z.object({
          name: z.string().min(1).max(200).describe('Name that callers use.'),
          framework: z.string().max(60).optional().describe('What it was made with.'),
          contextWindow: z
            .int()
            .min(1)
            .optional()
            .describe('Tokens that fit into one request, for language models.'),
        }),
      )
      .max(100)
      .default([])
      .describe('The models it answers for. Empty: one, with the name of this object.'),
    rateLimits: z
      .object({
        inferenceRequestsPerMinute: z
          .int()
          .min(1)
          .max(10_000_000)
          .default(1000)
          .describe('Requests of all callers together in a minute.'),
        maxBodyBytes: z
          .int()
          .min(1)
          .max(1_073_741_824)
          .default(10_485_760)
          .describe('The most bytes of one request.'),
      })
      .default({ inferenceRequestsPerMinute: 1000, maxBodyBytes: 10_485_760 })
      .describe('What the route through Krate lets through; more is answered 429 or 413.'),
    suspend: z.boolean().default(false).describe('Takes it down without forgetting it.'),
  }),
  status: z.object({
    phase: z
      .enum(['Pending', 'Ready', 'Failed'])
      .optional()
      .describe('How it stands. `Ready` is only said once it answers.'),
    url: z.string().optional().describe('Where it answers inside the cluster; only once it is ready.'),
    message: z.string().optional().describe('How it stands, in a sentence.'),
    replicas: z.int().min(0).optional().describe('Replicas that run.'),
    readyReplicas: z.int().min(0).optional().describe('Replicas that answer.'),
    modelStatus: z
      .enum(['Pending', 'Loading', 'Loaded', 'FailedToLoad'])
      .optional()
      .describe('How far loading the model has come.'),
    kserveRef: z
      .object({
        apiVersion: z.string().describe('Group and version of it.'),
        name: z.string().describe('Its name.'),
        namespace: z.string().describe('Its namespace.'),
      })
      .optional()
      .describe('The InferenceService of KServe that does the work.'),
  }),
  conditions: {
    KServeAvailable: ['Installed', 'KServeUnavailable', 'NoCluster'],
    RuntimeResolved: ['Resolved', 'AutoSelected', 'RuntimeMissing', 'FormatUnsupported'],
    ModelLoaded: ['Loaded', 'Loading', 'StorageUnreachable', 'SecretMissing', 'LoadFailed'],
    Ready: [
      'Serving',
      'Pending',
      'Suspended',
      'KServeUnavailable',
      'RuntimeMissing',
      'ApplyFailed',
      'ModelFailed',
    ],
  },
  selectableFields: ['spec.predictor.model.modelFormat.name', 'spec.predictor.model.runtime', 'status.phase'],
  columns: [
    { name: 'Format', path: 'spec.predictor.model.modelFormat.name' },
    { name: 'Runtime', path: 'spec.predictor.model.runtime' },
    { name: 'Replicas', path: 'status.readyReplicas', type: 'integer' },
    { name: 'URL', path: 'status.url', priority: 1 },
    { name: 'Phase', path: 'status.phase' },
    { name: 'Ready', condition: 'Ready' },
  ],
  catalog: { as: 'API', type: 'inference-service' },
  examples: [
    {
      apiVersion: 'krate.a5c.ai/v1alpha1',
      kind: 'KrateInferenceService',
      metadata: { name: 'price-anomalies', namespace: 'krate-org-acme' },
      spec: {
        displayName: 'Price anomalies',
        description: 'Says how likely a price is a mistake; asked by the basket.',
        predictor: {
          model: {
            modelFormat: { name: 'sklearn', version: '1' },
            storageUri: 's3://acme-models/price-anomalies/7',
            runtime: 'sklearn-server',
          },
          resources: { requests: { cpu: '500m', memory: '1Gi' }, limits: { cpu: '2', memory: '4Gi' } },
          minReplicas: 1,
          maxReplicas: 4,
          scaleTarget: 20,
        },
        storage: { secretRef: 'model-bucket' },
      },
    },
  ],
  docs: `Becomes an InferenceService of KServe in the organization’s namespace. Where KServe is not installed it stays \`Pending\` and says so.`,
});
export type KrateInferenceService = ResourceOf<typeof KrateInferenceService>;
