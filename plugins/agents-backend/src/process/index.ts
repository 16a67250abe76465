export { AgentProcess, removeRunDirectory } from './AgentProcess';
export { AgentProcessError, type AgentProcessErrorCode } from './AgentProcessError';
export type { Isolation } from './Isolation';
export type { ExitEvent, ExitReason, JournalLine, JournalRecord, RunRecord, ShimEvent } from './journal';
export type { AgentLaunch } from './launchShim';
export { probeIsolation } from './probeIsolation';
export { readJournal } from './readJournal';
export { readRunState, type AgentProcessState } from './runState';
export { Sandbox } from './Sandbox';
export type { GrantedFile, SandboxLimits, SandboxPlan, SandboxSpec } from './SandboxSpec';
export { UidPool } from './UidPool';
export { AcpSession, type AcpSessionOptions, type PermissionDecision } from './acp/AcpSession';
export type { AcpEvent } from './acp/AcpEvent';
export {
  initialAcpState,
  type AcpPhase,
  type AcpState,
  type PendingPermission,
  type TranscriptEntry,
} from './acp/AcpState';
export { reduceAcpJournal } from './acp/reduceAcpJournal';
export { EgressProxy, type EgressDecision, type EgressProxyOptions } from './EgressProxy';
export type { EgressReason, EgressRule } from './EgressPolicy';
export { programPath } from './programs';
export { takeBack, type TakeBackOptions } from './takeBack';
