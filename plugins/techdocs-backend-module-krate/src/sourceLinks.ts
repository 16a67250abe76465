import { ScmIntegrationRegistry } from '@backstage/integration';
import { GeneratorRunOptions } from '@backstage/plugin-techdocs-node';

/** Where the files of a repository can be read and changed. */
export interface SourceLinks {
  /** The address of a file, by its path in the repository. */
  source(path: string): string;
  /** Where that file is edited. */
  edit(path: string): string;
}

/** Of documents that came from a host that Backstage knows; those of a folder on this machine have no address. */
export function sourceLinksOf(
  location: GeneratorRunOptions['parsedLocationAnnotation'],
  integrations: Pick<ScmIntegrationRegistry, 'byUrl'>,
): SourceLinks | undefined {
  const integration = location?.type === 'url' ? integrations.byUrl(location.target) : undefined;
  if (!location || !integration) return undefined;
  const base = location.target.replace(/\/*$/, '/');
  const source = (path: string) => integration.resolveUrl({ url: `./${path}`, base });
  return { source, edit: path => integration.resolveEditUrl(source(path)) };
}
