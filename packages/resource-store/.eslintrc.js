module.exports = require('@backstage/cli/config/eslint-factory')(__dirname, {
  overrides: [
    {
      // The conformance suite is made of tests that a driver's own test file imports.
      files: ['src/resourceStore.conformance.ts', 'src/conformance/*.ts'],
      rules: { 'jest/no-export': 'off' },
    },
  ],
});
