import { Gadget, Organization, Repository, Secret } from '../__fixtures__/sampleKinds';
import { openApiV2Of } from './openApiV2Of';

describe('openApiV2Of', () => {
  const kinds = [Gadget, Organization, Repository, Secret];
  const document = openApiV2Of(kinds) as any;
  const text = JSON.stringify(document);

  it('has every kind and its list in one document', () => {
    for (const { kind } of kinds) {
      expect(text).toContain(`.${kind}"`);
      expect(text).toContain(`.${kind}List"`);
    }
  });

  it('has no word that Swagger 2.0 does not know', () => {
    expect(text).not.toMatch(/#\/components\/|"nullable"|"oneOf"|"x-krate-|"requestBody"|"content"/);
  });

  it('tells every operation its body and its media types', () => {
    const operations = Object.values<any>(document.paths).flatMap(path => Object.values<any>(path));
    for (const { consumes, parameters, responses } of operations) {
      expect(parameters.filter(({ in: place }: any) => place === 'body')).toHaveLength(consumes ? 1 : 0);
      expect(responses['200'].schema.$ref).toMatch(/^#\/definitions\//);
    }
  });
});
