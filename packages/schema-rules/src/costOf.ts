import type { ASTNode } from '@marcbachmann/cel-js';
import { ANYTHING, Extent, largest, ONE, textOf, weightOf } from './extent';

/** What an expression costs at most, and how large its value may be. */
interface Estimate {
  cost: number;
  extent: Extent;
}

type Scope = Readonly<Record<string, Extent>>;

/** For each character looked at. */
const LOOK = 0.1;
/** For each character of a pattern, for each tenth of a text. */
const PATTERN = 0.25;
const COMPARISONS = ['==', '!=', '<', '<=', '>', '>='];
/** Functions that do not look into what they are given. */
const CONSTANT = /^(has|size|type|dyn|int|double|hasValue|value|or|orValue|of|none|charAt|get[A-Z]\w*)$/;
const MACROS = ['all', 'exists', 'exists_one', 'map', 'filter'];

/**
 * What an expression costs when its variables are as large as this: by a schema an estimate for every object there may be, by
 * a value the bound for this one. Both by the same table, so that what is admitted can be evaluated.
 */
export function costOf(node: ASTNode, scope: Scope): number {
  return estimate(node, scope).cost;
}

function estimate(node: ASTNode, scope: Scope): Estimate {
  switch (node.op) {
    case 'value':
      return { cost: 0, extent: typeof node.args === 'string' ? textOf(node.args.length) : ONE };
    case 'id':
      return { cost: 1, extent: scope[node.args] ?? ANYTHING };
    case '.':
    case '.?':
      return field(estimate(node.args[0], scope), node.args[1]);
    case '[]':
    case '[?]':
      return element(estimate(node.args[0], scope), estimate(node.args[1], scope));
    case 'list':
      return listOf(node.args.map(item => estimate(item, scope)));
    case 'map':
      return listOf(node.args.flat().map(item => estimate(item, scope)));
    case '?:':
      return either(node.args.map(part => estimate(part, scope)));
    case '!_':
    case '-_':
      return { cost: estimate(node.args, scope).cost + 1, extent: ONE };
    case 'call':
      return call(
        node.args[0],
        node.args[1].map(argument => estimate(argument, scope)),
      );
    case 'rcall':
      return method(node.args[0], node.args[1], node.args[2], scope);
    default:
      return binary(node.op, estimate(node.args[0], scope), estimate(node.args[1], scope));
  }
}

function field(of: Estimate, name: string): Estimate {
  const { fields, items } = of.extent;
  return { cost: of.cost + 1, extent: fields?.[name] ?? items ?? ANYTHING };
}

function element(of: Estimate, at: Estimate): Estimate {
  const { items, fields } = of.extent;
  return {
    cost: of.cost + at.cost + 1,
    extent: items ?? (fields ? largest(Object.values(fields)) : ANYTHING),
  };
}

function listOf(items: Estimate[]): Estimate {
  const extent = { size: items.length, items: largest(items.map(item => item.extent)) };
  return { cost: total(items) + 1, extent };
}

function either([condition, yes, no]: Estimate[]): Estimate {
  return {
    cost: condition.cost + Math.max(yes.cost, no.cost),
    extent: largest([yes.extent, no.extent]),
  };
}

function binary(operator: string, a: Estimate, b: Estimate): Estimate {
  const cost = a.cost + b.cost + 1;
  if (COMPARISONS.includes(operator)) {
    return { cost: cost + Math.ceil(LOOK * Math.min(weightOf(a.extent), weightOf(b.extent))), extent: ONE };
  }
  if (operator === 'in') return { cost: cost + Math.ceil(LOOK * weightOf(b.extent)), extent: ONE };
  if (operator !== '+') return { cost, extent: ONE };
  const size = a.extent.size + b.extent.size;
  return { cost: cost + Math.ceil(LOOK * size), extent: { ...largest([a.extent, b.extent]), size } };
}

function call(name: string, args: Estimate[]): Estimate {
  const extent = largest(args.map(argument => argument.extent));
  const looked = CONSTANT.test(name) ? 0 : Math.ceil(LOOK * extent.size);
  return { cost: total(args) + 1 + looked, extent };
}

function method(name: string, receiver: ASTNode, args: ASTNode[], scope: Scope): Estimate {
  if (MACROS.includes(name) && args[0]?.op === 'id') {
    return comprehension(name, estimate(receiver, scope), args[0].args, args.slice(1), scope);
  }
  if (name === 'bind' && args[0]?.op === 'id') return bound(args[0].args, args[1], args[2], scope);
  const [of, ...given] = [receiver, ...args].map(part => estimate(part, scope));
  const cost = of.cost + total(given) + 1;
  const looked = CONSTANT.test(name) ? 0 : Math.ceil(LOOK * weightOf(of.extent));
  const most = Math.max(1, ...given.map(argument => argument.extent.size));
  if (/^(re2)?matches$|^find/.test(name)) {
    const extent = { size: of.extent.size, items: of.extent };
    return { cost: cost + looked * Math.ceil(PATTERN * most), extent };
  }
  if (/^(contains|indexOf|lastIndexOf)$/.test(name))
    return { cost: cost + looked * Math.ceil(LOOK * most), extent: ONE };
  if (/^(replace|join)$/.test(name)) {
    const size = weightOf(of.extent) * most;
    return { cost: cost + Math.ceil(LOOK * size), extent: textOf(size) };
  }
  return { cost: cost + looked, extent: { ...of.extent, items: of.extent.items ?? textOf(of.extent.size) } };
}

function comprehension(
  name: string,
  of: Estimate,
  variable: string,
  body: ASTNode[],
  scope: Scope,
): Estimate {
  const { size, items, keys } = of.extent;
  const inner = { ...scope, [variable]: keys ? largest([keys, items ?? ANYTHING]) : (items ?? ANYTHING) };
  const parts = body.map(part => estimate(part, inner));
  const result = name === 'map' ? (parts.at(-1)?.extent ?? ANYTHING) : (items ?? ANYTHING);
  return {
    cost: of.cost + 1 + size * (total(parts) + 2),
    extent: name === 'map' || name === 'filter' ? { size, items: result } : ONE,
  };
}

function bound(variable: string, value: ASTNode, body: ASTNode, scope: Scope): Estimate {
  const given = estimate(value, scope);
  const { cost, extent } = estimate(body, { ...scope, [variable]: given.extent });
  return { cost: given.cost + cost + 1, extent };
}

function total(parts: readonly Estimate[]): number {
  return parts.reduce((sum, { cost }) => sum + cost, 0);
}
