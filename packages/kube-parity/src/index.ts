export { KubeClient, type Answer, type CallOptions } from './client/KubeClient';
export { findKubeApiserver, suiteTitle } from './server/findKubeApiserver';
export { startKubeApiserver, type KubeApiserver } from './server/startKubeApiserver';
export { readGolden } from './golden/golden';
export { judge, type Verdict } from './golden/judge';
export { CHAPTERS } from './story/chapters';
export { Specimen } from './story/specimen.kind';
export type { Stage } from './story/Stage';
export { prepareNamespace, tellChapter } from './story/tellStory';
