import { setStage, Stage } from './Stage';
import { startWholeBackend, WholeBackend } from './wholeBackend';

/** The stage of a test file: set before its first test, struck after its last. */
export function useStage(): () => Stage {
  let backend: WholeBackend | undefined;
  let stage: Stage | undefined;
  beforeAll(async () => {
    backend = await startWholeBackend();
    stage = await setStage(backend);
  });
  afterAll(() => backend?.stop());
  return () => stage!;
}
