import { createHash } from 'node:crypto';

/** What mkdocs' theme would give: the reader brings colours and type, the sheet the arrangement. */
export const STYLES = `.md-main__inner { display: flex; }
.md-content { flex: 1; min-width: 0; }
.md-nav__list { list-style: none; margin: 0; padding: 0 0 0 12px; }
.md-nav__link { display: block; padding: 4px 0; text-decoration: none; color: inherit; }
.md-typeset a { color: inherit; text-decoration: underline; }
.md-nav__link--active { font-weight: 600; }
.md-typeset pre { overflow-x: auto; padding: 12px; }
.md-typeset table { border-collapse: collapse; display: block; overflow-x: auto; }
.md-typeset th, .md-typeset td { border: 1px solid currentColor; padding: 4px 8px; text-align: left; }
.md-typeset img { max-width: 100%; }
`;

const DIGEST = createHash('sha256').update(STYLES).digest('hex').slice(0, 8);

/**
 * Where the sheet stands in a site. TechDocs' reader shows a page once the sheets it names have loaded, so there has to be
 * one, and it lets pass only those that are called as mkdocs' theme calls its own.
 */
export const STYLESHEET = `assets/stylesheets/main.${DIGEST}.min.css`;
