import { EffectIntent, TerminalError } from '../defineReconciler';
import { EffectDraft, EffectOwner } from './EffectStore';

const RESERVED_KEY = /^g\d+$/;

/** The key that stands for a generation where the intent names none. */
export function generationKey(generation: number): string {
  return `g${generation}`;
}

/** The identity of an intent and what is recorded of it. */
export function draftOf(owner: EffectOwner, generation: number, intent: EffectIntent): EffectDraft {
  if (intent.key !== undefined && RESERVED_KEY.test(intent.key)) {
    throw new TerminalError(
      `The effect key "${intent.key}" of ${intent.name} is reserved for generations; use another`,
    );
  }
  const key = intent.key ?? generationKey(generation);
  return {
    id: `${owner.uid}/${intent.name}/${key}`,
    name: intent.name,
    key,
    keyed: intent.key !== undefined,
    owner,
    input: intent.input,
  };
}
