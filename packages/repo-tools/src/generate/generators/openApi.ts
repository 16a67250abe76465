import { Kind, openApiOf, Route } from '@krate/resource-model';
import openApiTypes, { astToString } from 'openapi-typescript';
import { Generator } from '../Generator';
import { readRoutes } from '../readRoutes';

const CLIENT = 'packages/client/src/generated';
const MARK = '// Generated from the routes of the REST facade by `npm run generate`.\n';

const document = (kinds: readonly Kind[]) => openApiOf({ routes: readRoutes(), kinds });

/** The document of the REST facade with every area installed. */
export const openApiDocument: Generator = {
  name: 'OpenAPI document',
  files: kinds => [
    { path: 'docs/reference/openapi.json', content: `${JSON.stringify(document(kinds), null, 2)}\n` },
  ],
};

/** The same as types, for the client. */
export const clientTypes: Generator = {
  name: 'types of the client',
  owns: CLIENT,
  files: async kinds => {
    const types = astToString(await openApiTypes(document(kinds) as never, { alphabetize: true }));
    return [
      { path: `${CLIENT}/openApi.ts`, content: `${MARK}${types}` },
      { path: `${CLIENT}/operationTable.ts`, content: `${MARK}${tableOf(readRoutes())}` },
    ];
  },
};

/** Method and path of every operation by its id: what a call needs at run time. */
function tableOf(routes: readonly Route[]): string {
  const rows = routes
    .map(({ id, method, path }) => `  ${id}: ['${method}', '${path}'],\n`)
    .sort()
    .join('');
  return `export const operationTable = {\n${rows}} as const;\n`;
}
