import { TestApiProvider } from '@backstage/frontend-test-utils';
import { defineKind, Kind, openApiV3Of } from '@krate/resource-model';
import { render, screen } from '@testing-library/react';
import { z } from 'zod';
import { krateApiRef } from '../api/KrateApi';
import { ConditionList } from './ConditionList';

const kind = (plural: string, conditions?: Kind['conditions']) =>
  defineKind({
    kind: plural === 'widgets' ? 'Widget' : 'Note',
    plural,
    area: 'test',
    storage: 'config',
    summary: 'Of a test.',
    writableBy: 'developer',
    spec: z.object({}),
    conditions,
    examples: [],
  });
const Widget = kind('widgets', { Ready: ['Done'] });
const Note = kind('notes');

const DOCUMENT = 'apis/krate.a5c.ai/v1alpha1';

/** A server with these controllers for every kind. */
const serverWith = (controllers: string[]) => ({
  request: async (path: string) =>
    Response.json(
      path === 'openapi/v3'
        ? { paths: { [DOCUMENT]: { serverRelativeURL: `/openapi/v3/${DOCUMENT}?hash=1` } } }
        : openApiV3Of([Widget, Note], 'krate.a5c.ai/v1alpha1', () => controllers),
    ),
});

it.each([
  { reason: 'nobody reports', type: Widget, controllers: [], words: /^No controller is installed/ },
  { reason: 'nobody has reported', type: Widget, controllers: ['widget'], words: /^No conditions yet/ },
  { reason: 'the kind has none', type: Note, controllers: [], words: /have no conditions/ },
])('without a condition it says that $reason', async ({ type, controllers, words }) => {
  render(
    <TestApiProvider apis={[[krateApiRef, serverWith(controllers) as never]]}>
      <ConditionList conditions={undefined} type={type} />
    </TestApiProvider>,
  );
  expect(await screen.findByText(words)).toBeInTheDocument();
});
