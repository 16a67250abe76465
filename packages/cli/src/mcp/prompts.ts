/** A text that a person picks in their MCP client to begin with. */
export interface McpPrompt {
  name: string;
  description: string;
  arguments: { name: string; description: string; required: boolean }[];
  text(given: Record<string, string>): string;
}

/** The prompts of `krate mcp`, by the names that the specification gives them. */
export const prompts: readonly McpPrompt[] = [
  {
    name: 'krate_workspace_setup',
    description: 'Set up an organization so that a first agent can work in it',
    arguments: [{ name: 'repository', description: 'The repository to begin with', required: false }],
    text: ({ repository }) =>
      [
        'Help me to set up my Krate organization for a first agent.',
        'Look first: krate_snapshot shows what there is, krate_list_stacks which stacks are ready and what others lack.',
        repository
          ? `Begin with the repository ${repository}.`
          : 'Ask me which repository to begin with, and make it if there is none.',
        'An agent needs an AgentAdapter, an AgentServiceAccount that names the repository, an AgentRoleBinding on it, and an AgentStack.',
        'Apply one object at a time with krate_apply_resource and say before each what it allows.',
        'End with krate_review_permissions for a first dispatch and tell me in plain words what that run could touch. Dispatch only when I say so.',
      ].join('\n'),
  },
  {
    name: 'krate_stack_config',
    description: 'Configure an agent stack, with no more rights than it needs',
    arguments: [{ name: 'stack', description: 'The stack', required: true }],
    text: ({ stack }) =>
      [
        `Help me to configure the agent stack ${stack}.`,
        'Read it with krate_get_resource (kind AgentStack), and what it names: adapter, provider, service account, tool profile, workspace policy.',
        'Its conditions say what is missing. For each, propose the narrowest object that mends it, and show me the YAML before you apply it.',
        'Never put the value of a secret into an object or into this conversation: I enter values in the portal.',
      ].join('\n'),
  },
  {
    name: 'krate_troubleshoot',
    description: 'Find out why a run, a pull request or a stack does not get on',
    arguments: [{ name: 'about', description: 'What does not get on, as kind/name', required: true }],
    text: ({ about }) =>
      [
        `Find out why ${about} does not get on.`,
        'Read the object with krate_get_resource; its conditions give a reason and a message each, and status.permissionReview every check of a run.',
        'Follow the references in them, and look at krate_audit_query for what was refused lately.',
        'Tell me the cause in one sentence, what shows it, and what to do. Change nothing before I agree.',
      ].join('\n'),
  },
];
