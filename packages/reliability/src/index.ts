export { checkHistory, type RuleName, type Violation } from './checker/checkHistory';
export * from './history/History';
export { Recorder } from './history/Recorder';
export { type Subject, Refusal } from './workload/Subject';
export { Workload, type WorkloadOptions } from './workload/Workload';
