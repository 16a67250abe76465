export { compileRules, type RuleNode } from './compileRules';
export { validateRules } from './validateRules';
export { RuleError } from './RuleError';
export { matches } from './regularExpressions';
