export { agentsPlugin as default } from './plugin';
export { AgentsTab, type AgentsTabProps } from './repository/AgentsTab';
export { DispatchButton, type DispatchButtonProps } from './dispatch/DispatchButton';
export { DispatchDialog, type DispatchDialogProps } from './dispatch/DispatchDialog';
export { DispatchForm, type DispatchFormProps } from './dispatch/DispatchForm';
export { DecisionPanel, type DecisionPanelProps } from './approvals/DecisionPanel';
