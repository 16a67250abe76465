import { useApi } from '@backstage/core-plugin-api';
import { KrateArtifact } from '@krate/plugin-agents-common';
import { krateApiRef } from '@krate/plugin-control-plane-react';
import { useEffect, useState } from 'react';

/** Where the content of an artifact is read, below `/api/krate/`. */
export function contentPath({ metadata }: KrateArtifact): string {
  const { namespace, name } = metadata;
  return `streams/${KrateArtifact.plural}/${encodeURIComponent(namespace!)}/${encodeURIComponent(name)}/content`;
}

/** The content as text, once it is stored. Content never changes, so it is read once. */
export function useArtifactContent(artifact: KrateArtifact): { text?: string; error?: Error } {
  const api = useApi(krateApiRef);
  const path = contentPath(artifact);
  const stored = artifact.status?.phase !== 'Storing';
  const [state, setState] = useState<{ text?: string; error?: Error }>({});
  useEffect(() => {
    if (!stored) return undefined;
    let current = true;
    setState({});
    api
      .request(path)
      .then(response => response.text())
      .then(
        text => current && setState({ text }),
        error => current && setState({ error }),
      );
    return () => {
      current = false;
    };
  }, [api, path, stored]);
  return state;
}

/** Gives the reader the content as a file. The request carries their identity, which a plain link would not. */
export function useDownload(): (artifact: KrateArtifact, extension: string) => Promise<void> {
  const api = useApi(krateApiRef);
  return async (artifact, extension) => {
    const content = await (await api.request(contentPath(artifact))).blob();
    const url = URL.createObjectURL(content);
    const link = document.createElement('a');
    link.href = url;
    link.download = `${artifact.metadata.name}.${extension}`;
    link.click();
    // The download has begun when the next task runs; the address is not needed any more.
    setTimeout(() => URL.revokeObjectURL(url));
  };
}
