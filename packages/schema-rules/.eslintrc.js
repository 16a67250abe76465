module.exports = require('../../packages/repo-tools/eslint')(__dirname);
