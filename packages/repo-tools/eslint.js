const backstage = require('@backstage/cli/config/eslint-factory');

/** The lint rules of every package: Backstage's own, and what Krate's idioms need. */
module.exports = directory =>
  backstage(directory, {
    // Held to its generator, which is where a fault would be mended.
    ignorePatterns: ['src/generated'],
    rules: {
      // A kind is a value and a type of one name: `export const Team` and `export type Team`.
      '@typescript-eslint/no-redeclare': 'off',
      // A conformance suite is tests that drivers import.
      'jest/no-export': 'off',
    },
  });
