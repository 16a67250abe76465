import { posix } from 'node:path';
import { escapeHtml, linkBetween } from './html';
import { Page } from './pages';

/**
 * The list of pages beside each page: the tree of folders, each led by its README, in the order in which that leads to them. A
 * folder below a folder is open only while one is in it, so that a long reference does not bury the rest.
 */
export function navigationOf(pages: readonly Page[], current: Page): string {
  const first = pages.filter(({ address }) => address === '').map(page => item(link(page, current)));
  const rest = itemsOf(pages, current, '');
  return `<nav class="md-nav md-nav--primary" aria-label="Navigation">${list([...first, ...rest])}</nav>`;
}

function itemsOf(pages: readonly Page[], current: Page, folder: string): string[] {
  const below = pages.filter(({ source }) => folder === '' || source.startsWith(`${folder}/`));
  const own = below.filter(page => folderOf(page) === folder && page.address !== folder);
  const inner = [
    ...new Set(below.map(page => childOf(folder, folderOf(page))).filter(child => child !== '')),
  ].sort(byMention(pages, folder));
  return [
    ...own.map(page => item(link(page, current))),
    ...inner.map(child => item(`${headOf(pages, current, child)}${openPart(pages, current, child)}`)),
  ];
}

/** What the page of a folder leads to first comes first; what it does not name comes last. */
function byMention(pages: readonly Page[], folder: string): (a: string, b: string) => number {
  const text = pages.find(({ address }) => address === folder)?.markdown ?? '';
  const place = (child: string) => {
    const found = text.indexOf(`](${posix.relative(folder, child)}/`);
    return found < 0 ? Infinity : found;
  };
  return (a, b) => Math.sign(place(a) - place(b)) || 0;
}

function openPart(pages: readonly Page[], current: Page, folder: string): string {
  const open = !folder.includes('/') || folderOf(current) === folder;
  return open ? list(itemsOf(pages, current, folder)) : '';
}

/** The README of a folder, or the folder's name. */
function headOf(pages: readonly Page[], current: Page, folder: string): string {
  const readme = pages.find(({ address }) => address === folder);
  if (readme) return link(readme, current);
  const name = posix.basename(folder);
  return `<span class="md-nav__link">${escapeHtml(name.charAt(0).toUpperCase() + name.slice(1))}</span>`;
}

function folderOf({ source }: Page): string {
  return posix.dirname(source).replace(/^\.$/, '');
}

/** The folder right below one on the way to another; empty when the other is not below it. */
function childOf(folder: string, other: string): string {
  if (other === folder) return '';
  const [child] = (folder === '' ? other : other.slice(folder.length + 1)).split('/');
  return posix.join(folder, child);
}

function link(page: Page, current: Page): string {
  const active = page === current ? ' md-nav__link--active' : '';
  const href = linkBetween(current.address, page.address);
  return `<a class="md-nav__link${active}" href="${href}"><span class="md-ellipsis">${escapeHtml(page.title)}</span></a>`;
}

function item(content: string): string {
  return `<li class="md-nav__item">${content}</li>`;
}

function list(items: readonly string[]): string {
  return `<ul class="md-nav__list">${items.join('')}</ul>`;
}
