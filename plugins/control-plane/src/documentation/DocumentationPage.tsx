import { useApi } from '@backstage/core-plugin-api';
import {
  EmptyState,
  krateApiRef,
  Link,
  Markdown,
  PageFrame,
  Problem,
  Section,
  SkeletonRows,
} from '@krate/plugin-control-plane-react';
import Box from '@mui/material/Box';
import { useEffect, useState } from 'react';
import { useParams } from 'react-router-dom';
import { addressOf } from './addressOf';
import { useLoaded } from './useLoaded';

const HEADINGS: Readonly<Record<string, string>> = {
  guides: 'Guides',
  reference: 'Reference',
  architecture: 'How it is built',
  adr: 'Decisions',
};

/** The documentation of this installation: a list of its pages, or one of them. */
export function DocumentationPage() {
  const { '*': path = '' } = useParams();
  return path ? <Page path={path} /> : <Index />;
}

interface Listed {
  path: string;
  title: string;
}

function Index() {
  const api = useApi(krateApiRef);
  const { data, error, reload } = useLoaded<Listed[]>(
    async () => (await (await api.request('documentation')).json()).items,
    'index',
  );
  const groups = [...new Set(data?.map(({ path }) => path.split('/')[0]))].sort(
    (a, b) => Object.keys(HEADINGS).indexOf(a) - Object.keys(HEADINGS).indexOf(b),
  );
  return (
    <PageFrame
      title="Documentation"
      lede={
        <>
          How to use this portal, and what every kind of resource means. For programs:{' '}
          <Link to="/api-reference">API reference</Link>.
        </>
      }
    >
      {error && <Problem error={error} title="The documentation could not be read" onRetry={reload} />}
      {!data && !error && <SkeletonRows rows={8} />}
      {data?.length === 0 && (
        <EmptyState title="This installation has no documentation">
          <code>krate.docsDirectory</code> says where it is.
        </EmptyState>
      )}
      <Box sx={{ display: 'grid', gap: 2 }}>
        {groups.map(group => (
          <Section key={group} title={HEADINGS[group] ?? group}>
            <Box component="ul" sx={{ m: 0, p: 0, listStyle: 'none', columns: '240px', fontSize: 14 }}>
              {data!
                .filter(({ path }) => path.split('/')[0] === group)
                .map(({ path, title }) => (
                  <Box component="li" key={path} sx={{ py: 0.25, breakInside: 'avoid' }}>
                    <Link to={`/documentation/${path}`}>{title}</Link>
                  </Box>
                ))}
            </Box>
          </Section>
        ))}
      </Box>
    </PageFrame>
  );
}

function Page({ path }: { path: string }) {
  const api = useApi(krateApiRef);
  const { data, error, reload } = useLoaded(
    async () => (await api.request(`documentation/${path}.md`)).text(),
    path,
  );
  const pictures = usePictures(data, path);
  const title = /^#\s+(.+)$/m.exec(data ?? '')?.[1] ?? path.split('/').pop()!;
  return (
    <PageFrame title={title} crumbs={[{ label: 'Documentation', to: '/documentation' }]}>
      {error && <Problem error={error} title="The page could not be read" onRetry={reload} />}
      {data === undefined && !error && <SkeletonRows rows={12} height={24} />}
      {data !== undefined && (
        <Box sx={{ maxWidth: 820, lineHeight: 1.6 }}>
          <Markdown
            sameTab
            text={data.replace(/^#\s+.+$/m, '')}
            resolve={address => pictures.get(address) ?? addressOf(address, path)}
          />
        </Box>
      )}
    </PageFrame>
  );
}

/** The pictures of a page by their address in it: they are for people who are signed in, which a plain `img` cannot say. */
function usePictures(markdown: string | undefined, path: string): ReadonlyMap<string, string> {
  const api = useApi(krateApiRef);
  const [pictures, setPictures] = useState<ReadonlyMap<string, string>>(new Map());
  useEffect(() => {
    let current = true;
    const load = async (address: string) => {
      const file = addressOf(address, path).replace(/^\/documentation\//, 'documentation/');
      const url = await dataUrlOf(await (await api.request(file)).blob());
      if (current) setPictures(known => new Map([...known, [address, url]]));
    };
    // A picture that cannot be had leaves its alternative text.
    for (const [, address] of (markdown ?? '').matchAll(/!\[[^\]]*\]\(([^)\s]+)/g))
      load(address).catch(() => {});
    return () => {
      current = false;
    };
  }, [api, markdown, path]);
  return pictures;
}

/** The portal's policy allows pictures of its own origin and in the address itself. */
function dataUrlOf(blob: Blob): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result));
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(blob);
  });
}
