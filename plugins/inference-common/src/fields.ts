import { ref } from '@krate/resource-model';
import { z } from 'zod';

/** Formats of models that can be served. */
export const MODEL_FORMATS = [
  'sklearn',
  'xgboost',
  'lightgbm',
  'tensorflow',
  'pytorch',
  'onnx',
  'triton',
  'huggingface',
  'custom',
] as const;

/** A Kubernetes quantity for each resource; a plain number is one of whole units. */
const quantities = (what: string) =>
  z
    .record(z.string(), z.union([z.int(), z.string()]))
    .optional()
    .describe(`${what} By resource: \`cpu: 500m\`, \`memory: 4Gi\`, \`nvidia.com/gpu: 1\`.`);

export const resources = (what: string) =>
  z
    .object({
      requests: quantities('What is set aside for it.'),
      limits: quantities('What it may use at most.'),
    })
    .optional()
    .describe(what);

export const environment = () =>
  z
    .array(
      z.object({
        name: z
          .string()
          .max(253)
          .regex(/^[A-Za-z_][A-Za-z0-9_]*$/)
          .describe('Name of the variable.'),
        value: z.string().max(4096).optional().describe('Its value; nothing secret.'),
        valueFrom: z
          .object({
            secretKeyRef: z
              .object({
                name: ref('Secret').describe('The Secret.'),
                key: z.string().min(1).max(253).describe('The key in it.'),
              })
              .describe('A key of a Secret.'),
          })
          .optional()
          .describe('Where the value comes from, when it is secret.'),
      }),
    )
    .max(100)
    .default([])
    .describe('Variables of its environment.');

export const words = (what: string) => z.array(z.string().max(4096)).max(100).default([]).describe(what);

/** An image by its full name: `ghcr.io/acme/runtime:1.4`. */
export const image = () =>
  z
    .string()
    .max(500)
    .regex(/^[^\s]+$/)
    .describe('Image to run, with its tag or digest.');
