import { isObject, JsonObject } from '@krate/resource-model';
import Ajv2020 from 'ajv/dist/2020';
import type { Response } from 'supertest';

/** Throws when an answer is not as the OpenAPI document says. */
export type AnswerCheck = (method: string, path: string, response: Response) => void;

/** Holds the answers of a server to its OpenAPI document: status code, media type and body. */
export function answerCheck(document: JsonObject): AnswerCheck {
  const ajv = new Ajv2020({ strict: false, validateFormats: false, allErrors: true });
  ajv.addSchema(document, 'document');
  const paths = Object.keys(document.paths as JsonObject).sort(fixedFirst);

  return (method, url, response) => {
    const path = url.split('?', 1)[0].replace(/\/+$/, '');
    const template = paths.find(each => fits(each, path));
    const operation = template && at(document, ['paths', template, method.toLowerCase()]);
    if (!template || !isObject(operation)) return checkRefusal(ajv, response);
    const where = ['paths', template, method.toLowerCase(), 'responses', String(response.status)];
    const declared = at(document, where);
    if (!isObject(declared))
      throw new Error(
        `${method} ${template} answered ${response.status}, which is not declared: ${response.text}`,
      );
    if (typeof declared.$ref === 'string') return checkRefusal(ajv, response);
    const type = (response.headers['content-type'] ?? '').split(';')[0];
    const content = at(document, [...where, 'content', type]);
    if (!isObject(content)) throw new Error(`${method} ${template} answered ${type}, which is not declared`);
    if (type === 'application/json') check(ajv, [...where, 'content', type, 'schema'], response);
    return undefined;
  };
}

function checkRefusal(ajv: Ajv2020, response: Response): void {
  check(ajv, ['components', 'schemas', 'ErrorResponse'], response);
  if (response.body.error.correlationId !== response.headers['x-request-id'])
    throw new Error('The correlation id is not the request’s id');
}

function check(ajv: Ajv2020, pointer: string[], { body, text }: Response): void {
  const reference = `document#/${pointer.map(escaped).join('/')}`;
  const validate = ajv.getSchema(reference) ?? ajv.compile({ $ref: reference });
  if (!validate(body))
    throw new Error(`${reference}: ${ajv.errorsText(validate.errors)}\n${text.slice(0, 2000)}`);
}

function escaped(part: string): string {
  return encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1'));
}

function at(node: unknown, path: string[]): unknown {
  return path.reduce<unknown>((here, part) => (isObject(here) ? here[part] : undefined), node);
}

function fits(template: string, path: string): boolean {
  const [parts, given] = [template.split('/'), path.split('/')];
  return parts.length === given.length && parts.every((part, i) => part.startsWith('{') || part === given[i]);
}

function fixedFirst(a: string, b: string): number {
  return a.split('{').length - b.split('{').length;
}
