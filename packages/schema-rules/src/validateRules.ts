import {
  isObject,
  JsonObject,
  sameItem,
  sameJson,
  StatusCause,
  StructuralSchema,
} from '@krate/resource-model';
import { Optional } from '@marcbachmann/cel-js';
import { celValue } from './celValue';
import { CompiledRule } from './CompiledRule';
import { RuleNode } from './compileRules';
import { costOf } from './costOf';
import { extentOfValue, ONE } from './extent';
import { CALL_LIMIT, OBJECT_BUDGET } from './limits';

const LONGEST_MESSAGE = 5 * 1024;

class RuleValidation {
  readonly causes: StatusCause[] = [];
  private spent = 0;

  visit(node: RuleNode, value: unknown, old: unknown, path: string): void {
    if (value === undefined || value === null) return;
    for (const rule of node.rules) this.ask(rule, node.schema, value, old, path);
    for (const [name, child] of Object.entries(node.properties)) {
      const below = path ? `${path}.${name}` : name;
      this.visit(child, fieldOf(value, name), fieldOf(old, name), below);
    }
    if (node.items) this.visitItems(node.items, node.schema, value, old, path);
  }

  private visitItems(
    items: RuleNode,
    schema: StructuralSchema,
    value: unknown,
    old: unknown,
    path: string,
  ): void {
    if (Array.isArray(value)) {
      value.forEach((item, i) => this.visit(items, item, sameItem(schema, item, old), `${path}[${i}]`));
    } else if (isObject(value)) {
      const isWhole = schema['x-kubernetes-map-type'] === 'atomic';
      for (const [key, item] of Object.entries(value))
        this.visit(items, item, isWhole ? undefined : fieldOf(old, key), `${path}.${key}`);
    }
  }

  private ask(
    compiled: CompiledRule,
    schema: StructuralSchema,
    value: unknown,
    old: unknown,
    path: string,
  ): void {
    const { rule, isTransition } = compiled;
    if (this.spent > OBJECT_BUDGET) return;
    if (isTransition ? old === undefined && !rule.optionalOldSelf : old !== undefined && sameJson(old, value))
      return;
    const refusal =
      this.charge(compiled, value, old) ?? verdict(compiled, contextOf(compiled, schema, value, old));
    if (refusal !== undefined) this.causes.push(causeOf(compiled, schema, path, refusal));
  }

  /** What it costs is known before anything is evaluated, so nothing that costs too much ever runs. */
  private charge(
    { rule, program, messageProgram }: CompiledRule,
    value: unknown,
    old: unknown,
  ): string | undefined {
    const scope = { self: extentOfValue(value), oldSelf: old === undefined ? ONE : extentOfValue(old) };
    const cost = costOf(program.ast, scope) + (messageProgram ? costOf(messageProgram.ast, scope) : 0);
    this.spent += cost;
    if (cost > CALL_LIMIT) return `call cost exceeds limit evaluating rule: ${rule.rule}`;
    if (this.spent <= OBJECT_BUDGET) return undefined;
    return 'validation failed due to running out of cost budget, no further validation rules will be run';
  }
}

type Context = { self: unknown; oldSelf?: unknown };

function contextOf(
  { rule, isTransition }: CompiledRule,
  schema: StructuralSchema,
  value: unknown,
  old: unknown,
): Context {
  const self = celValue(schema, value);
  if (!isTransition) return { self };
  const oldSelf = old === undefined ? undefined : celValue(schema, old);
  if (!rule.optionalOldSelf) return { self, oldSelf };
  return { self, oldSelf: oldSelf === undefined ? Optional.none() : Optional.of(oldSelf) };
}

/** Why a rule refuses a value; undefined when it holds. */
function verdict({ rule, program, messageProgram }: CompiledRule, context: Context): string | undefined {
  const fallback = rule.message ?? `failed rule: ${rule.rule}`;
  try {
    if (program(context) === true) return undefined;
  } catch (error) {
    const [why] = (error as Error).message.split('\n');
    return `${why} evaluating rule: ${rule.message ?? rule.rule}`;
  }
  try {
    const made = messageProgram ? String(messageProgram(context)).trim() : '';
    return made && !made.includes('\n') && made.length <= LONGEST_MESSAGE ? made : fallback;
  } catch {
    // The refusal stands; only its words could not be made.
    return fallback;
  }
}

function causeOf(
  { rule }: CompiledRule,
  { type = 'object' }: StructuralSchema,
  path: string,
  why: string,
): StatusCause {
  const { reason = 'FieldValueInvalid', fieldPath = '' } = rule;
  const heads = {
    FieldValueInvalid: `Invalid value: "${type}"`,
    FieldValueForbidden: 'Forbidden',
    FieldValueRequired: 'Required value',
    FieldValueDuplicate: `Duplicate value: "${type}"`,
  };
  const field = `${path}${fieldPath}`.replace(/^\./, '') || '<nil>';
  return { reason, message: `${heads[reason]}: ${why}`, field };
}

function fieldOf(value: unknown, name: string): unknown {
  return isObject(value) && Object.hasOwn(value, name) ? value[name] : undefined;
}

/**
 * What the rules say of a valid object; an empty list means that all hold.
 *
 * A rule that names `oldSelf` is asked about what was there before. Of the others those are passed over whose value an update
 * leaves as it is: an object that was stored before a rule was made can still be changed elsewhere (ratcheting).
 *
 * @param old - the object before the update
 */
export function validateRules(root: RuleNode, object: JsonObject, old?: JsonObject): StatusCause[] {
  const validation = new RuleValidation();
  validation.visit(root, object, old, '');
  return validation.causes;
}
