import { KRATE_GROUP } from '@krate/resource-model';
import { readKinds } from '../generate/readKinds';
import { KIND_REGISTER } from './kindRegister';

describe('the installed kinds', () => {
  const installed = readKinds().filter(kind => kind.group === KRATE_GROUP);

  it('are those of the register, by name, plural and storage class', () => {
    const facts = installed.map(({ kind, plural, storage }) => `${kind} ${plural} ${storage}`);
    expect(facts.sort()).toEqual(KIND_REGISTER.map(entry => entry.join(' ')).sort());
  });

  it('are 83', () => {
    expect(KIND_REGISTER).toHaveLength(83);
    expect(new Set(KIND_REGISTER.map(([kind]) => kind)).size).toBe(83);
  });
});
