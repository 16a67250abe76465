import { Gadget, Secret } from './__fixtures__/sampleKinds';
import { ConditionTypeOf, Kind, ReasonOf, ResourceOf } from './defineKind';
import { Resource } from './resource';

type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
/** Fails to compile when the types differ; the tests of this file run in the type checker. */
const same = <A, B>(equal: Equal<A, B>) => expect(equal).toBe(true);

type Gadget = ResourceOf<typeof Gadget>;
type Secret = ResourceOf<typeof Secret>;

describe('ResourceOf', () => {
  it('has fields with defaults always, optional ones maybe', () => {
    same<Gadget['spec']['size'], number>(true);
    same<Gadget['spec']['mode'], 'fast' | 'careful'>(true);
    same<Gadget['spec']['homepage'], string | undefined>(true);
    same<Gadget['spec']['peers'], string[]>(true);
    same<Gadget['spec']['retry'], { times: number; delay: string }>(true);
    same<Gadget['spec']['organizationRef'], string | undefined>(true);
  });

  it('has a status that may be missing, in whole and in part', () => {
    same<NonNullable<Gadget['status']>['runs'], number | undefined>(true);
    same<NonNullable<Gadget['status']>['observedGeneration'], number | undefined>(true);
  });

  it('knows the declared conditions and reasons', () => {
    same<ConditionTypeOf<typeof Gadget>, 'Ready' | 'Idle'>(true);
    same<ReasonOf<typeof Gadget, 'Ready'>, 'Available' | 'RepositoryMissing'>(true);
    same<ReasonOf<typeof Gadget, 'Idle'>, 'NothingToDo'>(true);
  });

  it('has the payload of flat kinds at the top level', () => {
    same<Secret['type'], string>(true);
    same<Secret['data'], Record<string, string> | undefined>(true);
    same<'spec' extends keyof Secret ? true : false, false>(true);
  });

  it('is a resource, and a declared kind is a kind', () => {
    same<Gadget extends Resource ? true : false, true>(true);
    same<typeof Gadget extends Kind ? true : false, true>(true);
    same<typeof Secret extends Kind ? true : false, true>(true);
  });
});
