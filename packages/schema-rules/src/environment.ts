import { Environment } from '@marcbachmann/cel-js';
import { find, findAll, matches } from './regularExpressions';

/** `matches` of the engine backtracks and cannot be replaced; rules are rewritten to call this one. */
export const LINEAR_MATCHES = 're2matches';

type Scalar = bigint | number | string | boolean;

/**
 * What rules may use: CEL with its macros, optionals, strings, timestamps and durations, and of the libraries that Kubernetes
 * adds, regular expressions, lists and URLs. A rule that uses another one is refused where it is declared.
 */
export function ruleEnvironment(): Environment {
  const environment = new Environment({ enableOptionalTypes: true, homogeneousAggregateLiterals: false });
  return withUrls(withLists(withTexts(environment)));
}

function withTexts(environment: Environment): Environment {
  return environment
    .registerFunction(`string.${LINEAR_MATCHES}(string): bool`, matches)
    .registerFunction('string.find(string): string', find)
    .registerFunction('string.findAll(string): list<string>', (text: string, pattern: string) =>
      findAll(text, pattern),
    )
    .registerFunction('string.findAll(string, int): list<string>', findAll)
    .registerFunction('string.replace(string, string): string', (text: string, from: string, to: string) =>
      text.replaceAll(from, () => to),
    )
    .registerFunction(
      'string.charAt(int): string',
      (text: string, at: bigint) => [...text][Number(at)] ?? '',
    );
}

function withLists(environment: Environment): Environment {
  const extreme = (list: Scalar[], keep: (a: Scalar, b: Scalar) => boolean): Scalar => {
    if (list.length === 0) throw new Error('min and max of an empty list');
    return list.reduce((a, b) => (keep(a, b) ? a : b));
  };
  const isSorted = (list: Scalar[]) => list.every((item, i) => i === 0 || list[i - 1] <= item);
  const position = (at: number) => BigInt(at);
  for (const type of ['int', 'double', 'string']) {
    environment
      .registerFunction(`list<${type}>.isSorted(): bool`, isSorted)
      .registerFunction(`list<${type}>.min(): ${type}`, (list: Scalar[]) => extreme(list, (a, b) => a <= b))
      .registerFunction(`list<${type}>.max(): ${type}`, (list: Scalar[]) => extreme(list, (a, b) => a >= b))
      .registerFunction(`list<${type}>.indexOf(${type}): int`, (list: Scalar[], item: Scalar) =>
        position(list.indexOf(item)),
      )
      .registerFunction(`list<${type}>.lastIndexOf(${type}): int`, (list: Scalar[], item: Scalar) =>
        position(list.lastIndexOf(item)),
      );
  }
  return environment
    .registerFunction('list<int>.sum(): int', (list: bigint[]) => list.reduce((a, b) => a + b, 0n))
    .registerFunction('list<double>.sum(): double', (list: number[]) => list.reduce((a, b) => a + b, 0));
}

function withUrls(environment: Environment): Environment {
  return environment.registerFunction('isURL(string): bool', (text: string) => URL.canParse(text));
}
