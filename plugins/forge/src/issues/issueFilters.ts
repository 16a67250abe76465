import { fitsFields, FieldRule, formatFieldRule, parseFieldRule } from '@krate/plugin-control-plane-react';
import { Issue } from '@krate/plugin-forge-common';

/** What picks issues out of a list: the rules of a View, kept in the address as text. */
export type IssueFilter = readonly FieldRule[];

const STATE = 'spec.state';
const OPEN: FieldRule = { path: STATE, operator: 'In', values: ['open'] };

/** `field` stands once for each rule. Without any, what is open is meant; `field=` alone means everything. */
export function filterOf(parameters: URLSearchParams): IssueFilter {
  if (!parameters.has('field')) return [OPEN];
  return parameters.getAll('field').flatMap(text => parseFieldRule(text) ?? []);
}

export function withFilter(parameters: URLSearchParams, filter: IssueFilter): URLSearchParams {
  const next = new URLSearchParams(parameters);
  next.delete('field');
  if (filter.length === 1 && formatFieldRule(filter[0]) === formatFieldRule(OPEN)) return next;
  for (const rule of filter) next.append('field', formatFieldRule(rule));
  if (filter.length === 0) next.append('field', '');
  return next;
}

/** The one value that a path is held to; empty when it is not. */
export function valueAt(filter: IssueFilter, path: string): string {
  return filter.find(rule => rule.path === path && rule.operator === 'In')?.values[0] ?? '';
}

/** The filter with a path held to a value, or to none. */
export function setValue(filter: IssueFilter, path: string, value: string): IssueFilter {
  const others = filter.filter(rule => rule.path !== path);
  return value ? [...others, { path, operator: 'In', values: [value] }] : others;
}

export function fits(issue: Issue, filter: IssueFilter): boolean {
  return fitsFields(issue, filter);
}
