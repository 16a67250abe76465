import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { NotificationService } from '@backstage/plugin-notifications-node';
import { ControlPlane, Installation } from '@krate/plugin-control-plane-node';
import { forgeKinds } from '@krate/plugin-forge-common';
import { GitRepositories } from '@krate/plugin-forge-node';
import { issueAdmission } from './admission/issueAdmission';
import { pipelineAdmission } from './admission/pipelineAdmission';
import { pullRequestAdmission } from './admission/pullRequestAdmission';
import { repositoryAdmission } from './admission/repositoryAdmission';
import { reviewAdmission } from './admission/reviewAdmission';
import { sshKeyAdmission } from './admission/sshKeyAdmission';
import { webhookAdmission } from './admission/webhookAdmission';
import { repositoryAuthorization } from './authorization/repositoryAuthorization';
import { ForgeConfig } from './config';
import { importRepositoryEffect } from './effects/importRepository';
import { mergePullRequestEffect } from './effects/mergePullRequest';
import { keepPullHeadEffect, withdrawMergeEffect } from './effects/pullRequestEffects';
import {
  deleteAfterGraceEffect,
  initRepositoryEffect,
  removeRepositoryEffect,
  setDefaultBranchEffect,
} from './effects/repositoryEffects';
import { followEventsEffect } from './hooks/followEventsEffect';
import { sendWebhookEffect } from './hooks/sendWebhookEffect';
import { closeIssuesEffect } from './issues/closeIssuesEffect';
import { tellPeopleEffect } from './issues/tellPeopleEffect';
import { pullRequestRoutes } from './facade/pullRequestRoutes';
import { repositoryRoutes } from './facade/repositoryRoutes';
import { createReadRouter } from './http/createReadRouter';
import { createGitRouter } from './http/createGitRouter';
import { jobIsolationObserver, probeJobIsolation } from './jobs/JobIsolation';
import { RunJob } from './jobs/RunJob';
import { ServerKey } from './keys/ServerKey';
import { SignatureVerifier } from './keys/SignatureVerifier';
import { signingKeyFor } from './keys/signingKeyFor';
import { copyRepositories } from './maintenance/copyRepositories';
import { Housekeeper } from './maintenance/Housekeeper';
import { PullRequestGitObserver } from './observers/pullRequestGitObserver';
import { sshKeyUseObserver } from './observers/sshKeyUseObserver';
import { repositoryGitObserver } from './observers/repositoryGitObserver';
import { pullRequestWorkflowsObserver, repositoryWorkflowsObserver } from './observers/workflowObservers';
import { WorkflowReader } from './pipelines/WorkflowReader';
import { branchProtectionReconciler } from './reconcilers/branchProtectionReconciler';
import { jobReconciler } from './reconcilers/jobReconciler';
import { pipelineReconciler } from './reconcilers/pipelineReconciler';
import { pullRequestReconciler } from './reconcilers/pullRequestReconciler';
import { refPolicyReconciler } from './reconcilers/refPolicyReconciler';
import { leavingUserReconciler } from './reconcilers/leavingUserReconciler';
import { repositoryPermissionReconciler } from './reconcilers/repositoryPermissionReconciler';
import { repositoryReconciler } from './reconcilers/repositoryReconciler';
import { reviewReconciler } from './reconcilers/reviewReconciler';
import { runnerPoolReconciler } from './reconcilers/runnerPoolReconciler';
import { sshKeyReconciler } from './reconcilers/sshKeyReconciler';
import { issueReconciler } from './reconcilers/issueReconciler';
import {
  pullRequestIssuesReconciler,
  repositoryIssuesReconciler,
} from './reconcilers/issueReferenceReconcilers';
import { krateProjectReconciler } from './reconcilers/krateProjectReconciler';
import { webhookDeliveryReconciler } from './reconcilers/webhookDeliveryReconciler';
import { webhookSubscriptionReconciler } from './reconcilers/webhookSubscriptionReconciler';
import { pullRequestPipelinesReconciler, repositoryPipelinesReconciler } from './reconcilers/startPipelines';
import { ForgeRefJudge } from './refs/ForgeRefJudge';
import { IncomingReader } from './refs/IncomingReader';
import { GitProcessOptions } from './transport/GitProcess';
import { KeyUse } from './ssh/KeyUse';
import { RunningSsh, startSsh } from './ssh/startSsh';

export interface ForgeOptions {
  repositories: GitRepositories;
  config: ForgeConfig;
  notifications: Pick<NotificationService, 'send'>;
}

/** Everything the forge brings, as a table of contents. */
export function forgeInstallation({ repositories, config, notifications }: ForgeOptions): Installation {
  let running: ControlPlane | undefined;
  let ssh: RunningSsh | undefined;
  const workflows = new WorkflowReader(repositories);
  return {
    area: 'forge',
    kinds: forgeKinds,
    admission: [
      repositoryAdmission(config.imports),
      pullRequestAdmission,
      reviewAdmission,
      issueAdmission,
      sshKeyAdmission,
      pipelineAdmission(repositories, workflows),
      webhookAdmission(async principal => Boolean(await running?.isPlatformAdministrator(principal))),
    ],
    authorization: [repositoryAuthorization],
    reconcilers: [
      repositoryReconciler({ baseUrl: () => running?.baseUrl ?? '', sshUrl: () => ssh?.url }),
      repositoryPermissionReconciler,
      leavingUserReconciler,
      branchProtectionReconciler,
      refPolicyReconciler,
      sshKeyReconciler,
      pullRequestReconciler,
      reviewReconciler,
      repositoryPipelinesReconciler,
      pullRequestPipelinesReconciler,
      pipelineReconciler,
      jobReconciler,
      runnerPoolReconciler,
      issueReconciler,
      repositoryIssuesReconciler,
      pullRequestIssuesReconciler,
      krateProjectReconciler,
      webhookSubscriptionReconciler,
      webhookDeliveryReconciler,
    ],
    facade: { routes: [...repositoryRoutes, ...pullRequestRoutes] },
    dataDirectories: [
      { name: 'git', copy: copyRepositories },
      { name: 'jobs', leftOut: 'jobs at work on this machine; their logs are streams' },
    ],
    async start(controlPlane) {
      running = controlPlane;
      const { dataDirectory } = controlPlane;
      if (repositories.dataDirectory !== dataDirectory) {
        throw new Error(
          `the git repositories are in ${repositories.dataDirectory} and the control plane in ${dataDirectory}: set krate.dataDirectory once`,
        );
      }
      await mkdir(repositories.root, { recursive: true, mode: 0o700 });
      await repositories.hooksDirectory();
      const { client, streams, logger } = controlPlane;
      const signing = new ServerKey(join(repositories.root, '.keys', 'signing'), 'krate');
      const serverKey = async () => (await signing.pair()).publicKey;
      const signatures = new SignatureVerifier({ client, repositories, serverKey });
      const judge = new ForgeRefJudge(controlPlane, new IncomingReader({ client, repositories, signatures }));
      repositories.useJudge(judge);
      const isolation = probeJobIsolation();
      const housekeeper = new Housekeeper({ repositories, dataDirectory, logger });
      housekeeper.start();
      const use = new KeyUse(repositories);
      const git: Pick<GitProcessOptions, 'repositories' | 'moved'> = {
        repositories,
        moved: (key, principal, updates) => judge.moved({ ...key, principal, origin: 'push', updates }),
      };
      ssh = await startSsh(config.ssh, controlPlane, { ...git, use });
      const pullRequestGit = new PullRequestGitObserver(repositories);
      return {
        async stop() {
          await ssh?.stop();
          await housekeeper.stop();
        },
        effects: [
          initRepositoryEffect(repositories),
          setDefaultBranchEffect(repositories),
          importRepositoryEffect({ client, repositories, config: config.imports }),
          deleteAfterGraceEffect(client),
          removeRepositoryEffect(repositories),
          keepPullHeadEffect(repositories),
          mergePullRequestEffect({
            client,
            repositories,
            observeGit: pullRequest => pullRequestGit.facts(pullRequest),
            signingKeyFor: pullRequest => signingKeyFor(client, signing, pullRequest),
          }),
          withdrawMergeEffect(client),
          closeIssuesEffect(client, repositories),
          tellPeopleEffect(client, notifications),
          followEventsEffect(controlPlane),
          sendWebhookEffect(controlPlane),
          new RunJob({ streams, logger, repositories, dataDirectory, isolation }),
        ],
        observers: [
          repositoryGitObserver(repositories),
          sshKeyUseObserver(use),
          pullRequestGit,
          repositoryWorkflowsObserver(repositories, workflows),
          pullRequestWorkflowsObserver(repositories, workflows),
          jobIsolationObserver(isolation),
        ],
        routes: [
          { path: '/git', handler: createGitRouter({ controlPlane, ...git }) },
          { path: 'forge', handler: createReadRouter({ controlPlane, repositories, signatures }) },
        ],
      };
    },
  };
}
