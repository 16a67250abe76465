/** A form for a kind of issue, as a repository keeps it in `.krate/issue-templates/<name>.md`. */
export interface IssueTemplate {
  name: string;
  about?: string;
  title: string;
  labels: string[];
  body: string;
}

/** Reads a Markdown file with the head that forges share: name, about, title, labels. What cannot be read is just text. */
export function parseIssueTemplate(file: string, text: string): IssueTemplate {
  const name = file.replace(/^.*\//, '').replace(/\.md$/i, '');
  const match = /^---\r?\n([\s\S]*?)\r?\n---\r?\n?/.exec(text);
  if (!match) return { name, title: '', labels: [], body: text };
  const head = Object.fromEntries(
    match[1].split(/\r?\n/).flatMap(line => {
      const [, key, value] = /^([a-z]+):\s*(.*)$/i.exec(line) ?? [];
      return key ? [[key.toLowerCase(), unquoted(value)]] : [];
    }),
  );
  return {
    name: head.name || name,
    about: head.about || undefined,
    title: head.title ?? '',
    labels: (head.labels ?? '')
      .replace(/^\[|\]$/g, '')
      .split(',')
      .map(label => unquoted(label.trim()))
      .filter(Boolean),
    body: text.slice(match[0].length).trimStart(),
  };
}

function unquoted(text: string): string {
  return text.trim().replace(/^(['"])(.*)\1$/, '$2');
}
