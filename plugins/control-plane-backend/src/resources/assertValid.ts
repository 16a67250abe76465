import { invalidObject, Kind, structuralSchemaOf, validateObject } from '@krate/resource-model';
import { compileRules, matches, RuleNode, validateRules } from '@krate/schema-rules';
import { WireObject } from './WireObject';

const compiled = new WeakMap<Kind, RuleNode | undefined>();

/**
 * The rules of a kind, compiled once.
 *
 * @throws RuleError for a kind whose rules cannot be, or may cost too much
 */
export function rulesOf(kind: Kind): RuleNode | undefined {
  if (!compiled.has(kind)) compiled.set(kind, compileRules(structuralSchemaOf(kind)));
  return compiled.get(kind);
}

/**
 * Refuses what the schema of a kind forbids, and then, of an object that has the right shape, what its rules forbid.
 *
 * @param live - the object before an update; what is left as it was may stay
 * @throws ApiError Invalid with every fault
 */
export function assertValid(kind: Kind, object: WireObject, live?: WireObject): WireObject {
  const faults = validateObject(kind, object, { old: live, matches });
  const rules = rulesOf(kind);
  const causes = faults.length > 0 || !rules ? faults : validateRules(rules, object, live);
  if (causes.length > 0)
    throw invalidObject(kind, object.metadata.name ?? object.metadata.generateName ?? '', causes);
  return object;
}
