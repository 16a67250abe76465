import MarkdownIt, { Token } from 'markdown-it';
import { posix } from 'node:path';
import { escapeHtml, linkBetween } from './html';
import { navigationOf } from './navigation';
import { addressOf, Page } from './pages';
import { SourceLinks } from './sourceLinks';
import { STYLESHEET } from './stylesheet';

/** What a link in a document may lead to that is no page. */
export interface Surroundings {
  pages: readonly Page[];
  /** Where the files of the repository can be read; absent: what would lead to them is plain text. */
  sources?: SourceLinks;
  /** The folder of documents in the repository: `docs`. */
  folder: string;
}

/** The fragment of a heading, as GitHub makes it, so that links hold in both places. */
export function slugOf(heading: string): string {
  const words = heading.toLowerCase().replace(/[^\p{L}\p{N}\s_-]/gu, '');
  return words.trim().replace(/\s/g, '-');
}

/** A link to a document becomes one to its page; one to another file of the repository leads to where that can be read. */
export function resolveLink(
  href: string,
  page: Page,
  { pages, sources, folder }: Surroundings,
): string | undefined {
  if (/^([a-z]+:|#|\/)/i.test(href)) return href;
  const [file, fragment] = href.split('#', 2);
  const end = fragment === undefined ? '' : `#${fragment}`;
  const target = posix.normalize(posix.join(posix.dirname(page.source), file));
  const known = pages.find(({ source, address }) => source === target || address === addressOf(target));
  if (known) return `${linkBetween(page.address, known.address)}${end}`;
  const path = posix.normalize(posix.join(folder, target));
  return sources && `${sources.source(path)}${end}`;
}

/** Images are copied to where they stand among the documents; the page lies one folder deeper than its document. */
function resolveImage(src: string, page: Page): string {
  if (/^([a-z]+:|\/)/i.test(src)) return src;
  const target = posix.normalize(posix.join(posix.dirname(page.source), src));
  return posix.relative(`/${page.address}`, `/${target}`);
}

function markdownFor(page: Page, surroundings: Surroundings): MarkdownIt {
  const markdown = new MarkdownIt({ linkify: true });
  markdown.core.ruler.push('krate-headings', ({ tokens }) => {
    const taken = new Set<string>();
    tokens.forEach((token, index) => {
      if (token.type !== 'heading_open') return;
      const slug = slugOf(tokens[index + 1].content);
      const id = [slug, ...Array.from({ length: 99 }, (_, count) => `${slug}-${count + 1}`)].find(
        each => !taken.has(each),
      );
      if (id) token.attrSet('id', id);
      taken.add(id ?? slug);
    });
  });
  markdown.core.ruler.push('krate-links', state => {
    for (const token of state.tokens.flatMap(({ children }) =>
      leadLinks(children ?? [], page, surroundings),
    )) {
      const src = token.attrGet('src');
      if (src !== null) token.attrSet('src', resolveImage(src, page));
    }
  });
  return markdown;
}

/** The tokens of a line, with its links leading where they should. One that leads nowhere becomes the text in it. */
function leadLinks(tokens: Token[], page: Page, surroundings: Surroundings): Token[] {
  let leadsOn = true;
  for (const token of tokens) {
    if (token.type === 'link_open') {
      const target = resolveLink(token.attrGet('href') ?? '', page, surroundings);
      leadsOn = target !== undefined;
      token.attrs = leadsOn ? [['href', target!]] : [];
    }
    if (token.type.startsWith('link_') && !leadsOn) token.tag = 'span';
  }
  return tokens;
}

/** The title is what TechDocs' reader goes by, for its own link to give feedback. */
function actionsOf(page: Page, { sources, folder }: Surroundings): string {
  if (!sources) return '';
  const path = posix.join(folder, page.source);
  const edit = `<a href="${escapeHtml(sources.edit(path))}" title="Edit this page">Edit</a>`;
  return `<div class="md-content__actions"><a href="${escapeHtml(sources.source(path))}">Source</a>${edit}</div>`;
}

/** A page as TechDocs takes it: the classes are those that its reader arranges and styles. */
export function renderPage(page: Page, surroundings: Surroundings): string {
  const content = markdownFor(page, surroundings).render(page.markdown);
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>${escapeHtml(page.title)}</title><link rel="stylesheet" href="${linkBetween(page.address, '')}${STYLESHEET}"></head>
<body dir="ltr">
<div class="md-container" data-md-component="container">
<main class="md-main" data-md-component="main">
<div class="md-main__inner md-grid">
<div class="md-sidebar md-sidebar--primary" data-md-component="sidebar"><div class="md-sidebar__scrollwrap"><div class="md-sidebar__inner">${navigationOf(surroundings.pages, page)}</div></div></div>
<div class="md-content" data-md-component="content"><article class="md-content__inner md-typeset">${actionsOf(page, surroundings)}${content}</article></div>
</div>
</main>
</div>
</body>
</html>
`;
}
