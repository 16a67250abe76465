import { createHash } from 'node:crypto';

/**
 * What mkdocs' theme would give: the reader brings colours and type, the sheet the arrangement. The reader's own rules come after
 * these; where it goes wrong (headings as small as their text, a copy button in the corner of the window) these are more exact.
 */
export const STYLES = `.md-main__inner { display: flex; }
.md-content { flex: 1; min-width: 0; line-height: 1.6; }
.md-content .md-typeset h1 { font-size: 1.6em; margin: 0 0 16px; }
.md-content .md-typeset h2 { font-size: 1.25em; margin: 28px 0 8px; }
.md-content .md-typeset h3 { font-size: 1.1em; margin: 24px 0 8px; }
.md-content__actions { float: right; display: flex; gap: 16px; font-size: 14px; }
.md-nav__list { list-style: none; margin: 0; padding: 0 0 0 12px; }
.md-nav__link { display: block; padding: 4px 0; text-decoration: none; color: inherit; }
.md-typeset a { color: inherit; text-decoration: underline; }
.md-nav__link--active { font-weight: 600; }
.md-typeset code { font-size: 0.88em; padding: 1px 4px; border-radius: 4px; color: var(--md-code-fg-color); background: var(--md-code-bg-color); }
.md-typeset pre { position: relative; margin: 16px 0; border-radius: 4px; border: 1px solid var(--md-default-fg-color--lightest); background: var(--md-code-bg-color); }
.md-typeset pre > code { display: block; padding: 12px 48px 12px 12px; overflow-x: auto; background: none; line-height: 1.5; }
.md-typeset pre .md-clipboard { padding: 4px; border: 0; border-radius: 4px; background: var(--md-code-bg-color); color: var(--md-default-fg-color--light); cursor: pointer; }
.md-typeset pre .md-clipboard:is(:hover, :focus-visible) { color: var(--md-default-fg-color); }
.md-typeset pre .md-clipboard svg { display: block; width: 18px; height: 18px; fill: currentColor; }
.md-content .md-typeset table { display: block; width: fit-content; max-width: 100%; overflow-x: auto; border-collapse: collapse; border: 0; }
.md-content .md-typeset :is(th, td) { border: 1px solid var(--md-typeset-table-color); padding: 4px 8px; text-align: left; vertical-align: top; }
.md-typeset img { max-width: 100%; }
`;

const DIGEST = createHash('sha256').update(STYLES).digest('hex').slice(0, 8);

/**
 * Where the sheet stands in a site. TechDocs' reader shows a page once the sheets it names have loaded, so there has to be
 * one, and it lets pass only those that are called as mkdocs' theme calls its own.
 */
export const STYLESHEET = `assets/stylesheets/main.${DIGEST}.min.css`;
