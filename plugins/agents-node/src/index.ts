/** The label of a pull request that a run opened: the name of the AgentDispatchRun. */
export const RUN_LABEL = 'krate.a5c.ai/dispatch-run';
/** The annotation of such a pull request that proves it: the uid of the AgentDispatchRun. */
export const RUN_UID_ANNOTATION = 'krate.a5c.ai/dispatch-run-uid';
