import { commandReference } from '@krate/cli';
import { Generator } from '../Generator';

const MARK = '<!-- Generated from the command itself by `npm run generate`. -->';

/** The reference page of `krate`. */
export const commandPage: Generator = {
  name: 'reference of the command',
  files: () => [{ path: 'docs/reference/krate.md', content: `${commandReference()}\n${MARK}\n` }],
};
