import { Kind } from '@krate/resource-model';
import { KrateInferenceService } from './krateInferenceService.kind';
import { KrateServingRuntime } from './krateServingRuntime.kind';

export { KrateInferenceService, KrateServingRuntime };

/** The kinds of inference. */
export const inferenceKinds: readonly Kind[] = [KrateInferenceService, KrateServingRuntime];
