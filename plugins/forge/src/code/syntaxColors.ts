interface Colors {
  keyword: string;
  string: string;
  number: string;
  comment: string;
  name: string;
  type: string;
}

const LIGHT: Colors = {
  keyword: '#9a3412',
  string: '#166534',
  number: '#1d4ed8',
  comment: '#64707c',
  name: '#6b21a8',
  type: '#0e6670',
};
const DARK: Colors = {
  keyword: '#fdba74',
  string: '#86efac',
  number: '#93c5fd',
  comment: '#8b97a3',
  name: '#d8b4fe',
  type: '#67e8f9',
};

/** Colours of source code, readable (AA) on paper and on changed lines; they stand above the diff's own. */
export function syntaxColors(mode: 'light' | 'dark') {
  const colors = mode === 'dark' ? DARK : LIGHT;
  return {
    '& .hljs-keyword, & .hljs-literal, & .hljs-meta': { color: `${colors.keyword} !important` },
    '& .hljs-string, & .hljs-regexp, & .hljs-addition': { color: `${colors.string} !important` },
    '& .hljs-number, & .hljs-symbol, & .hljs-bullet': { color: `${colors.number} !important` },
    '& .hljs-comment, & .hljs-quote': { color: `${colors.comment} !important`, fontStyle: 'italic' },
    '& .hljs-title, & .hljs-name, & .hljs-section, & .hljs-function': { color: `${colors.name} !important` },
    '& .hljs-type, & .hljs-attr, & .hljs-attribute, & .hljs-built_in, & .hljs-variable': {
      color: colors.type,
    },
  };
}
