import { readFile } from 'node:fs/promises';
import { z } from 'zod';

/** The format that this release writes, and the newest that it reads. */
export const FORMAT = 1;

const manifestSchema = z.object({
  kind: z.literal('KrateBackup'),
  format: z.int().min(1),
  /** When the databases were read. */
  madeAt: z.iso.datetime(),
  /** The store's revision at that moment. */
  revision: z.int().min(0),
  /** Where the data came from; it may be loaded into either. */
  database: z.enum(['sqlite', 'postgresql']),
  records: z.int().min(0),
  /** Rows by table. */
  tables: z.record(z.string(), z.int().min(0)),
  /** Directories that are not in it, and why. */
  leftOut: z.record(z.string(), z.string()),
});

/** What a backup says about itself. */
export type Manifest = z.infer<typeof manifestSchema>;

/** Reads a manifest; undefined where there is none. Throws for what this release cannot load. */
export async function readManifest(file: string): Promise<Manifest | undefined> {
  const text = await readFile(file, 'utf8').catch(error => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (text === undefined) return undefined;
  const manifest = manifestSchema.safeParse(JSON.parse(text));
  if (!manifest.success) throw new Error(`${file} is not the manifest of a backup`);
  if (manifest.data.format <= FORMAT) return manifest.data;
  throw new Error(
    `${file} is of a backup in format ${manifest.data.format}, this release reads up to ${FORMAT}: restore it with a newer release`,
  );
}
