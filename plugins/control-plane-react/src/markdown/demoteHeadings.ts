/** Makes every heading one level lower: the page has its own h1. Code blocks keep their `#`. */
export function demoteHeadings(text: string): string {
  let fence: string | undefined;
  return text
    .split('\n')
    .map(line => {
      const mark = /^ {0,3}(`{3,}|~{3,})/.exec(line)?.[1];
      if (mark && (!fence || mark.startsWith(fence))) fence = fence ? undefined : mark;
      return fence ? line : line.replace(/^( {0,3})(#{1,5})(?=\s|$)/, '$1#$2');
    })
    .join('\n');
}
