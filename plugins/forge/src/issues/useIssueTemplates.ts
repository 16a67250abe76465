import { useApi } from '@backstage/core-plugin-api';
import { krateApiRef, useRepository } from '@krate/plugin-control-plane-react';
import { useEffect, useState } from 'react';
import { forgePath, useForge } from '../api/useForge';
import { Blob, Tree } from '../api/wire';
import { IssueTemplate, parseIssueTemplate } from './parseIssueTemplate';

const FOLDER = '.krate/issue-templates';
const MOST = 20;

/** The forms that the repository offers for new issues; none where it has no such folder. */
export function useIssueTemplates(): readonly IssueTemplate[] {
  const api = useApi(krateApiRef);
  const { organization, repository } = useRepository();
  const tree = useForge<Tree>('tree', { path: FOLDER });
  const [templates, setTemplates] = useState<readonly IssueTemplate[]>([]);
  useEffect(() => {
    let current = true;
    const files = (tree.data?.entries ?? [])
      .filter(({ type, name }) => type === 'file' && name.endsWith('.md'))
      .slice(0, MOST);
    const read = async ({ path }: { path: string }) => {
      const route = forgePath(organization, repository, 'blob', { path, format: 'json' });
      const blob: Blob = await (await api.request(route)).json();
      return parseIssueTemplate(path, blob.text ?? '');
    };
    // A form that cannot be read is one that is not offered; the plain one always is.
    Promise.all(files.map(read)).then(
      found => current && setTemplates(found),
      () => {},
    );
    return () => {
      current = false;
    };
  }, [api, organization, repository, tree.data]);
  return templates;
}
