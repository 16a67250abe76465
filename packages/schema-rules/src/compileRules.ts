import type { Environment } from '@marcbachmann/cel-js';
import { StructuralSchema, ValidationRule } from '@krate/resource-model';
import { declareType, visibleSchema } from './celTypes';
import { CompiledRule, compileRule } from './CompiledRule';
import { costOf } from './costOf';
import { ruleEnvironment } from './environment';
import { Extent, extentOfSchema } from './extent';
import { KIND_LIMIT, RULE_LIMIT } from './limits';
import { RuleError } from './RuleError';
import { rulesAt } from './rulesAt';

/** The rules of one place of a schema and of the places below; what has none is left out. */
export interface RuleNode {
  schema: StructuralSchema;
  rules: readonly CompiledRule[];
  properties: Readonly<Record<string, RuleNode>>;
  /** Of a list's items or a map's values. */
  items?: RuleNode;
}

interface Place {
  path: string;
  schema: StructuralSchema;
  /** How many values there may be at this place. */
  times: number;
  /** Whether an update says which old value a new one was: not below a list without keys. */
  correlated: boolean;
}

const MESSAGE_LIMIT = 2048;

class RuleCompiler {
  private cost = 0;
  private types = 0;

  compile(schema: StructuralSchema): RuleNode | undefined {
    return this.node({ path: '', schema, times: 1, correlated: true });
  }

  private node(place: Place): RuleNode | undefined {
    const { schema, path } = place;
    const rules = this.rulesOf(place);
    const children = Object.entries(schema.properties ?? {}).flatMap(([name, child]) => {
      const below = path ? `${path}.${name}` : name;
      const node = this.node({ ...place, path: below, schema: child });
      return node ? [[name, node] as const] : [];
    });
    const items = this.itemsOf(place);
    if (rules.length === 0 && children.length === 0 && !items) return undefined;
    return { schema, rules, properties: Object.fromEntries(children), items };
  }

  private itemsOf({ path, schema, times, correlated }: Place): RuleNode | undefined {
    const item = schema.items ?? schema.additionalProperties;
    if (!item) return undefined;
    const known = schema.type === 'array' ? schema['x-kubernetes-list-type'] === 'map' : true;
    return this.node({
      path: schema.items ? `${path}[]` : `${path}.*`,
      schema: item,
      times: times * extentOfSchema(schema).size,
      correlated: correlated && known && schema['x-kubernetes-map-type'] !== 'atomic',
    });
  }

  private rulesOf(place: Place): CompiledRule[] {
    const rules = rulesAt(place.schema);
    if (rules.length === 0) return [];
    this.types += 1;
    const environment = ruleEnvironment();
    const type = declareType(environment, place.schema, `Self${this.types}`);
    environment.registerVariable('self', type);
    const extent = extentOfSchema(place.schema);
    return rules.map(rule => this.rule(environment.clone(), rule, { ...place, type, extent }));
  }

  private rule(
    environment: Environment,
    rule: ValidationRule,
    { path, schema, times, correlated, type, extent }: Place & { type: string; extent: Extent },
  ): CompiledRule {
    environment.registerVariable('oldSelf', rule.optionalOldSelf ? `optional<${type}>` : type);
    const compiled = compileRule(environment, rule, path);
    if (compiled.isTransition && !correlated) {
      throw new RuleError(
        path,
        rule.rule,
        'uses oldSelf below a list whose items have no keys: make it a list map, or put the rule at the list',
      );
    }
    if ((rule.message?.length ?? 0) > MESSAGE_LIMIT)
      throw new RuleError(path, rule.rule, `has a message of over ${MESSAGE_LIMIT} characters`);
    assertFieldPath(rule, schema, path);
    this.charge(compiled, extent, times, path);
    return compiled;
  }

  private charge(
    { rule, program, messageProgram }: CompiledRule,
    extent: Extent,
    times: number,
    path: string,
  ) {
    const scope = { self: extent, oldSelf: extent };
    const cost =
      times * (costOf(program.ast, scope) + (messageProgram ? costOf(messageProgram.ast, scope) : 0));
    const advice = 'bound the lists and texts it goes through by maxItems, maxProperties and maxLength';
    if (cost > RULE_LIMIT) {
      const factor = cost > 100 * RULE_LIMIT ? 'more than 100' : (cost / RULE_LIMIT).toFixed(1);
      throw new RuleError(path, rule.rule, `may cost ${factor} times of what a rule may: ${advice}`);
    }
    this.cost += cost;
    if (this.cost > KIND_LIMIT)
      throw new RuleError(path, rule.rule, `makes the rules of the kind cost more than they may: ${advice}`);
  }
}

function assertFieldPath({ rule, fieldPath }: ValidationRule, schema: StructuralSchema, path: string): void {
  if (fieldPath === undefined) return;
  let at: StructuralSchema | undefined = fieldPath.startsWith('.') ? schema : undefined;
  for (const name of fieldPath.slice(1).split('.')) at = at?.properties?.[name] ?? at?.additionalProperties;
  if (!at) throw new RuleError(path, rule, `has the fieldPath ${fieldPath}, which the schema does not have`);
}

/**
 * Compiles every rule of a kind's schema.
 *
 * @returns undefined when the kind has no rules
 * @throws RuleError for a rule that is not well-formed, is of another type, asks for an old value that cannot be told, or
 * may cost too much: then bound the lists and texts it goes through
 */
export function compileRules(root: StructuralSchema): RuleNode | undefined {
  return new RuleCompiler().compile(visibleSchema(root));
}
