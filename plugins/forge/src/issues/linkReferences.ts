import { issuePath } from '../api/links';

const CODE = /(```[\s\S]*?(?:```|$)|`[^`\n]*`)/;
const NUMBER = /(^|[^\w/#&[])#(\d{1,9})\b/g;

/** Markdown in which `#12` leads to the issue or pull request of that number; code stays as it is. */
export function linkReferences(text: string, organization: string, repository: string | undefined): string {
  if (!repository) return text;
  const link = (_: string, before: string, number: string) =>
    `${before}[#${number}](${issuePath(organization, `${repository}-${number}`)})`;
  return text
    .split(CODE)
    .map((part, index) => (index % 2 === 1 ? part : part.replace(NUMBER, link)))
    .join('');
}
