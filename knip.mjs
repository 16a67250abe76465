/** What `npm run check` takes for dead: files nobody reaches, exports nobody imports, dependencies nobody uses. */
export default {
  include: ['cycles', 'files', 'dependencies', 'exports', 'types', 'duplicates'],
  eslint: false,
  // What a generator writes is whole, wanted or not.
  ignore: ['packages/client/src/generated/**'],
  ignoreExportsUsedInFile: true,
  // Pages are loaded as `import('./Page').then(module => <module.Page />)`; only `module.Page` is known to use the export.
  compilers: { tsx: source => source.replace(/<module\.(\w+)[^>]*\/>/g, '<>{module.$1}</>') },
  workspaces: {
    '.': {
      entry: ['acceptance/**/run.mjs', 'acceptance/**/*.config.mjs', 'acceptance/browser/*.mjs'],
      project: ['acceptance/**/*.mjs'],
      ignoreDependencies: ['@backstage/cli-defaults', 'eslint', 'prettier'],
    },
    // The bundle is found by its name.
    'packages/backend': { project: ['src/**/*.ts'], ignoreDependencies: ['app'] },
    // The plugins in its package.json are discovered, not imported (`app.packages: all`).
    'packages/app': { project: ['src/**/*.{ts,tsx}'], ignoreDependencies: [/./] },
    'packages/repo-tools': {
      entry: ['bin/*.mjs', 'src/check.ts', 'src/*/main.ts'],
      project: ['{bin,src}/**/*.{mjs,ts}'],
    },
    // Rows are found in their folder, processes by the module they run.
    'packages/bench': {
      entry: ['src/{main,worker}.ts', 'src/rows/*.ts', 'src/servers/*.child.ts'],
      project: ['src/**/*.ts'],
    },
    'packages/*': { entry: ['src/**/__testUtils__/*.{ts,tsx}'], project: ['src/**/*.{ts,tsx}'] },
    'packages/reliability': {
      entry: ['src/main.ts', 'src/server/{serve,writeInTurn}.ts', 'src/**/__testUtils__/*.ts'],
      project: ['src/**/*.ts'],
    },
    // Generated from the kinds; whole, whoever uses which part.
    'packages/client': { project: ['src/**/*.ts', '!src/generated/**'] },
    'plugins/*': {
      entry: ['bin/*.ts', 'migrations/*.js', 'src/setupTests.ts', 'src/**/__fixtures__/*.ts'],
      project: ['{bin,src}/**/*.{ts,tsx}'],
    },
  },
};
