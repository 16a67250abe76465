import { Gadget, Secret } from './__fixtures__/sampleKinds';
import { ConditionTypeOf, Kind, ReasonOf, ResourceOf } from './defineKind';
import { Resource } from './resource';

/** `false` when the types differ, which `expect<...>(true)` then does not take: these tests run in the type checker. */
type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;

type AGadget = ResourceOf<typeof Gadget>;
type ASecret = ResourceOf<typeof Secret>;

describe('ResourceOf', () => {
  it('has fields with defaults always, optional ones maybe', () => {
    expect<Equal<AGadget['spec']['size'], number>>(true).toBe(true);
    expect<Equal<AGadget['spec']['mode'], 'fast' | 'careful'>>(true).toBe(true);
    expect<Equal<AGadget['spec']['homepage'], string | undefined>>(true).toBe(true);
    expect<Equal<AGadget['spec']['peers'], string[]>>(true).toBe(true);
    expect<Equal<AGadget['spec']['retry'], { times: number; delay: string }>>(true).toBe(true);
    expect<Equal<AGadget['spec']['organizationRef'], string | undefined>>(true).toBe(true);
  });

  it('has a status that may be missing, in whole and in part', () => {
    expect<Equal<NonNullable<AGadget['status']>['runs'], number | undefined>>(true).toBe(true);
    expect<Equal<NonNullable<AGadget['status']>['observedGeneration'], number | undefined>>(true).toBe(true);
  });

  it('knows the declared conditions and reasons', () => {
    expect<Equal<ConditionTypeOf<typeof Gadget>, 'Ready' | 'Idle'>>(true).toBe(true);
    expect<Equal<ReasonOf<typeof Gadget, 'Ready'>, 'Available' | 'RepositoryMissing'>>(true).toBe(true);
    expect<Equal<ReasonOf<typeof Gadget, 'Idle'>, 'NothingToDo'>>(true).toBe(true);
  });

  it('has the payload of flat kinds at the top level', () => {
    expect<Equal<ASecret['type'], string>>(true).toBe(true);
    expect<Equal<ASecret['data'], Record<string, string> | undefined>>(true).toBe(true);
    expect<Equal<'organizationRef' extends keyof ASecret ? true : false, false>>(true).toBe(true);
    expect<Equal<'spec' extends keyof ASecret ? true : false, false>>(true).toBe(true);
  });

  it('is a resource, and a declared kind is a kind', () => {
    expect<Equal<AGadget extends Resource ? true : false, true>>(true).toBe(true);
    expect<Equal<typeof Gadget extends Kind ? true : false, true>>(true).toBe(true);
    expect<Equal<typeof Secret extends Kind ? true : false, true>>(true).toBe(true);
  });
});
