import { Secret } from '@krate/plugin-control-plane-common';
import { AdmissionRequest } from '@krate/plugin-control-plane-node';
import { isObject } from '@krate/resource-model';
import { refuse } from './refuse';

const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;
const KEY = /^[-._a-zA-Z0-9]{1,253}$/;

/** Checks a Secret's values before the schema does, whose messages repeat what is wrong with them: the value. */
export function secretValuesAreWellFormed(request: AdmissionRequest): void {
  const { kind, operation } = request;
  if (kind.group !== Secret.group || kind.kind !== Secret.kind || operation === 'delete') return;
  const { data, stringData } = request.object as { data?: unknown; stringData?: unknown };
  check(request, 'data', data, value => BASE64.test(value));
  check(request, 'stringData', stringData, () => true);
}

function check(
  request: AdmissionRequest,
  field: string,
  values: unknown,
  isGood: (value: string) => boolean,
): void {
  if (values === undefined) return;
  const invalid = (at: string, message: string) =>
    refuse(request, 'Invalid', { reason: 'FieldValueInvalid', field: at, message });
  if (!isObject(values)) throw invalid(field, 'it must be an object of texts');
  for (const [key, value] of Object.entries(values)) {
    if (!KEY.test(key)) throw invalid(field, 'keys have letters, digits, ".", "-" and "_" only');
    if (typeof value !== 'string' || !isGood(value)) {
      throw invalid(
        `${field}.${key}`,
        field === 'data'
          ? 'the value must be base64; use stringData for plain text'
          : 'the value must be a text',
      );
    }
  }
}
