import { Organization, organizationOf, PLATFORM_NAMESPACE } from '@krate/plugin-control-plane-common';
import { AdmissionRequest, AdmissionRule } from '@krate/plugin-control-plane-node';
import { Repository } from '@krate/plugin-forge-common';
import { isBranchName, isRepositoryName, isTreePath } from '@krate/plugin-forge-node';
import { ImportConfig } from '../config';
import { admitDeletion } from './admitDeletion';
import { admitImport } from './admitImport';
import { admitNames } from './admitNames';
import { invalid } from './refuse';

/** Names that git and the file system can hold, a first commit that nobody can climb out of, and a grace before the end. */
export const repositoryAdmission = (imports: ImportConfig): AdmissionRule<typeof Repository> => ({
  name: 'forge-repository',
  kinds: [Repository],
  operations: ['create', 'update'],
  async admit(request) {
    const { operation, object } = request;
    const { metadata, spec } = object;
    spec.visibility ??= request.oldObject
      ? (request.oldObject.spec.visibility ?? 'private')
      : await defaultVisibility(request);
    if (operation === 'create' && !isRepositoryName(metadata.name)) {
      throw invalid(
        'REPOSITORY_NAME_INVALID',
        'metadata.name',
        'A repository’s name has at most 100 characters and does not end in .git or .lock',
      );
    }
    if (!isBranchName(spec.defaultBranch)) {
      throw invalid(
        'BRANCH_NAME_INVALID',
        'spec.defaultBranch',
        'This cannot be the name of a branch in git',
      );
    }
    if (operation === 'create' && spec.initialize) admitFiles(spec.initialize.files);
    if (operation === 'create') admitImport(request, imports);
    await admitNames(request);
    admitDeletion(request);
  },
});

async function defaultVisibility({ client, namespace }: AdmissionRequest<typeof Repository>) {
  const name = organizationOf(namespace);
  const organization = name
    ? await client.get(Organization, { namespace: PLATFORM_NAMESPACE, name })
    : undefined;
  return organization?.spec.defaultVisibility ?? 'private';
}

function admitFiles(files: readonly { path: string }[]): void {
  const paths = new Set<string>();
  files.forEach(({ path }, index) => {
    const field = `spec.initialize.files[${index}].path`;
    if (!isTreePath(path)) {
      throw invalid(
        'FILE_PATH_INVALID',
        field,
        'A path is relative, has forward slashes and no part named .git, . or ..',
      );
    }
    if (paths.has(path)) throw invalid('FILE_PATH_DUPLICATE', field, 'Two files have the same path');
    paths.add(path);
  });
  for (const path of paths) {
    const parents = path
      .split('/')
      .slice(0, -1)
      .map((_, index, parts) => parts.slice(0, index + 1).join('/'));
    if (parents.some(parent => paths.has(parent))) {
      throw invalid('FILE_PATH_CONFLICT', 'spec.initialize.files', 'One path is both a file and a directory');
    }
  }
}
