import type { ASTNode, Environment, ParseResult } from '@marcbachmann/cel-js';
import { serialize } from '@marcbachmann/cel-js';
import { LINEAR_MATCHES } from './environment';
import { regularExpression } from './regularExpressions';
import { RuleError } from './RuleError';
import { RULE_REASONS, ValidationRule } from '@krate/resource-model';

/** A rule that was found to be well-formed, ready to be evaluated. */
export interface CompiledRule {
  rule: ValidationRule;
  program: ParseResult;
  messageProgram?: ParseResult;
  /** Names `oldSelf`. */
  isTransition: boolean;
}

/**
 * Checks a rule against the types of its place.
 *
 * @param environment - knows `self` and `oldSelf`
 * @throws RuleError
 */
export function compileRule(environment: Environment, rule: ValidationRule, path: string): CompiledRule {
  const compile = (expression: string, type: string) => compiled(environment, expression, type, path);
  if (typeof rule.rule !== 'string' || !rule.rule.trim())
    throw new RuleError(path, String(rule.rule), 'is empty: write a CEL expression of self');
  if (rule.reason && !RULE_REASONS.includes(rule.reason))
    throw new RuleError(
      path,
      rule.rule,
      `has the reason ${rule.reason}; there are ${RULE_REASONS.join(', ')}`,
    );
  if (rule.message?.includes('\n') || rule.message?.trim() === '')
    throw new RuleError(path, rule.rule, 'has a message that is empty or of several lines: write one line');
  const program = compile(rule.rule, 'bool');
  const messageProgram = rule.messageExpression ? compile(rule.messageExpression, 'string') : undefined;
  const isTransition = names(program.ast, 'oldSelf');
  if (rule.optionalOldSelf && !isTransition)
    throw new RuleError(path, rule.rule, 'sets optionalOldSelf and does not use oldSelf: leave it out');
  return { rule, program, messageProgram, isTransition };
}

function compiled(environment: Environment, expression: string, type: string, path: string): ParseResult {
  try {
    const program = environment.parse(linear(environment.parse(expression).ast));
    const checked = program.check();
    if (!checked.valid) throw checked.error;
    if (checked.type === type || checked.type === 'dyn') return program;
    throw new Error(`it is ${checked.type} and must be ${type}`);
  } catch (error) {
    const [problem] = (error as Error).message.split('\n');
    throw new RuleError(path, expression, `does not compile: ${problem}`);
  }
}

/** The expression with every `matches` led to the engine that takes linear time; a pattern that is written out is tried now. */
function linear(ast: ASTNode): string {
  visit(ast, node => {
    if (node.op !== 'rcall' || node.args[0] !== 'matches') return;
    (node.args as unknown[])[0] = LINEAR_MATCHES;
    const [pattern] = node.args[2];
    if (pattern?.op === 'value' && typeof pattern.args === 'string') regularExpression(pattern.args);
  });
  return serialize(ast);
}

function names(ast: ASTNode, variable: string): boolean {
  let found = false;
  visit(ast, node => {
    found ||= node.op === 'id' && node.args === variable;
  });
  return found;
}

/** Every node of an expression. */
function visit(value: unknown, see: (node: ASTNode) => void): void {
  if (Array.isArray(value)) value.forEach(item => visit(item, see));
  if (typeof value !== 'object' || value === null || !('op' in value)) return;
  const node = value as ASTNode;
  see(node);
  visit(node.args, see);
}
