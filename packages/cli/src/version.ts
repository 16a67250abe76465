import manifest from '../package.json';

/** The version of this command. */
export const { version } = manifest;
