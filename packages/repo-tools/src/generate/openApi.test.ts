/**
 * @jest-environment node
 */
import { openApiOf } from '@krate/resource-model';
import { createConfig, lintFromString } from '@redocly/openapi-core';
import { readKinds } from './readKinds';
import { readRoutes } from './readRoutes';

jest.setTimeout(60_000);

describe('the OpenAPI document of the REST facade', () => {
  const routes = readRoutes();
  const document: any = openApiOf({ routes, kinds: readKinds() });

  it('is in order by the rules of redocly', async () => {
    const config = await createConfig({
      extends: ['recommended'],
      // Tags are headings of one word. Health answers everybody and takes nothing, so it refuses nobody.
      rules: { 'tag-description': 'off', 'operation-4xx-response': 'off' },
    });
    const problems = await lintFromString({ source: JSON.stringify(document), config });
    const told = problems.map(
      ({ ruleId, message, location }) => `${ruleId}: ${message} ${location[0]?.pointer}`,
    );
    expect(told).toEqual([]);
  });

  it('names every operation once, says what it does, and how it refuses', () => {
    const operations = Object.values<any>(document.paths).flatMap(methods => Object.values<any>(methods));
    const ids = operations.map(({ operationId }) => operationId);
    expect(new Set(ids).size).toBe(ids.length);
    for (const { operationId, summary, responses, security } of operations) {
      expect([operationId, summary.length > 3, '500' in responses]).toEqual([operationId, true, true]);
      expect([operationId, security?.length === 0 || '401' in responses]).toEqual([operationId, true]);
    }
  });

  it('describes kinds by their own schemas', () => {
    expect(document.components.schemas.Repository.properties.spec.properties.visibility.enum).toEqual([
      'private',
      'internal',
      'public',
    ]);
    const text = JSON.stringify(document);
    expect(text).not.toContain('#/$defs/');
  });
});
