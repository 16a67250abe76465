import { Generator } from '../Generator';
import { areasPage } from './areasPage';
import { commandPage } from './commandPage';
import { crds } from './crds';
import { decisionsPage } from './decisionsPage';
import { kindPages } from './kindPages';
import { kindsJson } from './kindsJson';
import { kindsTable } from './kindsTable';
import { clientTypes, openApiDocument } from './openApi';

/** Everything that `npm run generate` makes. */
export const generators: readonly Generator[] = [
  crds,
  kindPages,
  kindsJson,
  kindsTable,
  areasPage,
  decisionsPage,
  commandPage,
  openApiDocument,
  clientTypes,
];
