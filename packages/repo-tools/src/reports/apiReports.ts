import {
  CompilerState,
  Extractor,
  ExtractorConfig,
  ExtractorLogLevel,
  ExtractorMessage,
  IExtractorMessagesConfig,
} from '@microsoft/api-extractor';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readWorkspace, ROOT, WorkspacePackage } from '../workspace/readWorkspace';
import { inStableOrder } from './inStableOrder';

/** What a package shows to others, as text that a reviewer reads as a diff. */
export interface ApiReport {
  /** From the root: `plugins/forge-common/report.api.md`. */
  path: string;
  content: string;
}

export const REPORT = 'report.api.md';

/** The code says what is missing in its documentation by review, not by the report. */
const SILENT: IExtractorMessagesConfig = {
  extractorMessageReporting: { default: { logLevel: ExtractorLogLevel.None } },
  tsdocMessageReporting: { default: { logLevel: ExtractorLogLevel.None } },
  compilerMessageReporting: { default: { logLevel: ExtractorLogLevel.Error } },
};

const COMPILER_OPTIONS = {
  strict: true,
  target: 'es2022',
  lib: ['es2023', 'dom', 'dom.iterable'],
  module: 'es2020',
  moduleResolution: 'bundler',
  jsx: 'react-jsx',
  esModuleInterop: true,
  resolveJsonModule: true,
  skipLibCheck: true,
  noEmit: true,
  types: [],
};

/**
 * The API of every package that may be published, read from the declarations that `tsc` wrote to `dist-types`.
 *
 * @throws Error when there are no declarations, or they cannot be analysed
 */
export function apiReports(root: string = ROOT): ApiReport[] {
  const folder = mkdtempSync(join(tmpdir(), 'krate-api-'));
  try {
    const configurations = readWorkspace(root)
      .filter(({ manifest }) => !manifest.private)
      .map(each => ({ each, configuration: configurationOf(root, each, folder) }));
    const entries = configurations.map(({ configuration }) => configuration.mainEntryPointFilePath);
    const compilerState = CompilerState.create(configurations[0].configuration, {
      additionalEntryPoints: entries.slice(1),
    });
    return configurations.map(({ each, configuration }) => {
      extract(configuration, compilerState);
      const content = inStableOrder(readFileSync(configuration.reportFilePath, 'utf8'));
      return { path: `${each.directory}/${REPORT}`, content };
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function extract(configuration: ExtractorConfig, compilerState: CompilerState): void {
  const errors: string[] = [];
  Extractor.invoke(configuration, {
    localBuild: true,
    compilerState,
    messageCallback: (message: ExtractorMessage) => {
      if (message.logLevel === ExtractorLogLevel.Error) errors.push(message.text);
      message.handled = true;
    },
  });
  if (errors.length > 0) throw new Error(`${configuration.packageFolder}: ${errors.join('\n')}`);
}

function configurationOf(root: string, { directory }: WorkspacePackage, folder: string): ExtractorConfig {
  const entry = join(root, 'dist-types', directory, 'src/index.d.ts');
  if (!existsSync(entry)) throw new Error(`there is no ${entry}; \`npm run check -- types\` writes it`);
  const reportFolder = join(folder, directory);
  mkdirSync(reportFolder, { recursive: true });
  return ExtractorConfig.prepare({
    configObjectFullPath: join(root, directory, 'api-extractor.json'),
    packageJsonFullPath: join(root, directory, 'package.json'),
    configObject: {
      projectFolder: join(root, directory),
      mainEntryPointFilePath: entry,
      newlineKind: 'lf',
      compiler: {
        overrideTsconfig: { compilerOptions: COMPILER_OPTIONS, files: [entry] },
        skipLibCheck: true,
      },
      apiReport: { enabled: true, reportFileName: REPORT, reportFolder, reportTempFolder: reportFolder },
      docModel: { enabled: false },
      dtsRollup: { enabled: false },
      tsdocMetadata: { enabled: false },
      messages: SILENT,
    },
  });
}
