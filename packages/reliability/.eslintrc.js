const ours = require('../../packages/repo-tools/eslint')(__dirname);

module.exports = {
  ...ours,
  // It is no library of a plugin: it starts the whole control plane, and kills it.
  rules: { ...ours.rules, '@backstage/no-mixed-plugin-imports': 'off' },
};
