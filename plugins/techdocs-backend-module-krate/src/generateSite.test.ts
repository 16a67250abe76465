import { ConfigReader } from '@backstage/config';
import { ScmIntegrations } from '@backstage/integration';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { generateSite } from './generateSite';
import { addressOf, Page } from './pages';
import { resolveLink, slugOf } from './renderPage';
import { SourceLinks, sourceLinksOf } from './sourceLinks';
import { STYLESHEET } from './stylesheet';

const folders: string[] = [];
function temporaryFolder(): string {
  folders.push(mkdtempSync(join(tmpdir(), 'krate-docs-')));
  return folders[folders.length - 1];
}
afterAll(() => folders.forEach(folder => rmSync(folder, { recursive: true })));

const onGitHub = sourceLinksOf(
  { type: 'url', target: 'https://github.com/acme/krate/tree/main/' },
  ScmIntegrations.fromConfig(new ConfigReader({})),
);

async function siteOf(
  documents: Record<string, string>,
  sources?: SourceLinks,
): Promise<(path: string) => string> {
  const inputDir = temporaryFolder();
  const outputDir = temporaryFolder();
  for (const [path, content] of Object.entries(documents)) {
    mkdirSync(dirname(join(inputDir, 'docs', path)), { recursive: true });
    writeFileSync(join(inputDir, 'docs', path), content);
  }
  await generateSite({ inputDir, outputDir, etag: 'e1', siteOptions: { name: 'Krate' }, sources });
  return path => readFileSync(join(outputDir, path), 'utf8');
}

describe('a site', () => {
  it('has a page for each document, with the others beside it', async () => {
    const read = await siteOf({
      'README.md': '# Home\n\nSee [the tour](guides/tour.md#end).',
      'guides/tour.md': '# A *tour*\n\n## End\n\n![seen](images/a.png) [home](../README.md)',
      'guides/images/a.png': 'png',
    });
    expect(read('index.html')).toContain('<a href="guides/tour/#end">the tour</a>');
    const tour = read('guides/tour/index.html');
    expect(tour).toContain('<title>A tour</title>');
    expect(tour).toContain(`href="../../${STYLESHEET}"`);
    expect(read(STYLESHEET)).toContain('.md-content');
    expect(tour).toContain('<h2 id="end">End</h2>');
    expect(tour).toContain('src="../images/a.png"');
    expect(tour).toContain('<a href="../../">home</a>');
    expect(tour).toContain('md-nav__link--active" href="./"');
    expect(read('guides/images/a.png')).toBe('png');
  });

  it('says what it is of and what can be searched', async () => {
    const read = await siteOf({ 'README.md': '# Home\n\nwords' });
    expect(JSON.parse(read('techdocs_metadata.json'))).toMatchObject({ site_name: 'Krate', etag: 'e1' });
    expect(JSON.parse(read('search/search_index.json')).docs).toEqual([
      { title: 'Home', text: '# Home\n\nwords', location: '' },
    ]);
  });

  it('shows HTML of a document as text', async () => {
    const read = await siteOf({ 'README.md': '# <script>alert(1)</script>\n\n<img src=x onerror=alert(1)>' });
    expect(read('index.html')).not.toMatch(/<script|<img/);
  });

  it('leads to its sources, where they have an address', async () => {
    const documents = {
      'guides/tour.md': '# A tour\n\n[the code](../../plugins/x.ts), [home](https://acme.example)',
    };
    const known = (await siteOf(documents, onGitHub))('guides/tour/index.html');
    expect(known).toContain(
      '<a href="https://github.com/acme/krate/edit/main/docs/guides/tour.md" title="Edit this page">Edit</a>',
    );
    expect(known).toContain('<a href="https://github.com/acme/krate/tree/main/plugins/x.ts">the code</a>');
    const unknown = (await siteOf(documents))('guides/tour/index.html');
    expect(unknown).not.toContain('Edit');
    expect(unknown).toContain('<span>the code</span>, <a href="https://acme.example">home</a>');
  });

  it('needs documents', async () => {
    await expect(siteOf({ 'notes.txt': 'x' })).rejects.toThrow('There are no documents');
  });
});

it('lists folders in the order in which the page above them leads to them', async () => {
  const read = await siteOf({
    'README.md': '# Home\n\nFirst [a tour](guides/tour.md), later [why](adr/README.md).',
    'adr/README.md': '# Decisions',
    'appendix/README.md': '# Appendix',
    'guides/README.md': '# Guides',
    'guides/tour.md': '# Tour',
  });
  const titles = [...read('index.html').matchAll(/md-ellipsis">([^<]*)/g)].map(([, title]) => title);
  expect(titles).toEqual(['Home', 'Guides', 'Tour', 'Decisions', 'Appendix']);
});

describe('an address', () => {
  it.each([
    ['README.md', ''],
    ['guides/README.md', 'guides'],
    ['guides/tour.md', 'guides/tour'],
  ])('%s: %s', (source, address) => {
    expect(addressOf(source)).toBe(address);
  });
});

it.each([
  ['A *tour*', 'a-tour'],
  ['What, and why?', 'what-and-why'],
])('the fragment of %s is %s', (heading, slug) => {
  expect(slugOf(heading)).toBe(slug);
});

describe('a link', () => {
  const page = (source: string): Page => ({ source, address: addressOf(source), title: '', markdown: '' });
  const pages = ['README.md', 'adr/README.md', 'adr/1.md', 'reference/kinds/Team.md'].map(page);
  it.each([
    { reason: 'to a document', from: 'adr/1.md', href: '../README.md', want: '../../' },
    { reason: 'to a folder', from: 'README.md', href: 'adr', want: 'adr/' },
    { reason: 'to a sibling', from: 'adr/README.md', href: '1.md#why', want: '1/#why' },
    { reason: 'within the page', from: 'adr/1.md', href: '#why', want: '#why' },
    { reason: 'to elsewhere', from: 'adr/1.md', href: 'https://backstage.io', want: 'https://backstage.io' },
    {
      reason: 'to a file of the repository',
      from: 'adr/1.md',
      href: '../../plugins/forge#api',
      want: 'https://github.com/acme/krate/tree/main/plugins/forge#api',
    },
  ])('$reason', ({ from, href, want }) => {
    const surroundings = { pages, folder: 'docs', sources: onGitHub };
    expect(resolveLink(href, page(from), surroundings)).toBe(want);
  });
});

it('every link between the documents of this repository leads to a page', async () => {
  const root = join(__dirname, '../../..');
  const outputDir = temporaryFolder();
  await generateSite({ inputDir: root, outputDir });
  const broken: string[] = [];
  const follow = (address: string, seen: Set<string>) => {
    if (seen.has(address)) return;
    seen.add(address);
    const html = readFileSync(join(outputDir, address, 'index.html'), 'utf8');
    for (const [, href] of html.matchAll(/href="([^"#:]+\/)(?:#[^"]*)?"/g)) {
      const target = join(address, href);
      if (existsSync(join(outputDir, target, 'index.html'))) follow(target, seen);
      else if (!existsSync(join(root, 'docs', target))) broken.push(`${address} → ${href}`);
    }
  };
  const seen = new Set<string>();
  follow('./', seen);
  expect(seen.size).toBeGreaterThan(20);
  expect(broken).toEqual([]);
});
