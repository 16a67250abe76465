import { z } from 'zod';

/**
 * An object of any shape whose fields are all kept: the settings of somebody else's program, a foreign manifest. Use it only
 * where the shape truly is not ours, since nothing inside is validated, defaulted or explained.
 */
export function anyObject() {
  return z.looseObject({}).meta({ 'x-kubernetes-preserve-unknown-fields': true });
}
