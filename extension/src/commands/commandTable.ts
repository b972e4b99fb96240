import {
  agentAllow,
  agentAllowFromMenu,
  agentAllowSession,
  agentAllowSessionFromMenu,
  agentApprovePlan,
  agentApprovePlanSession,
} from './agent/allow.ts';
import { agentAnswer } from './agent/answer.ts';
import { agentAttach } from './agent/attach.ts';
import { agentCopyId } from './agent/copyId.ts';
import {
  agentDeny,
  agentDenyFromMenu,
  agentDenyWith,
  agentDenyWithFromMenu,
  agentRejectPlan,
  agentRejectPlanFromMenu,
  agentRejectPlanWith,
  agentRejectPlanWithFromMenu,
} from './agent/deny.ts';
import { agentDiff } from './agent/diff.ts';
import { agentDone } from './agent/done.ts';
import { agentsGroupBy } from './agent/groupBy.ts';
import { agentKill } from './agent/kill.ts';
import { agentLog } from './agent/log.ts';
import { agentMarkSeen, agentMarkUnseen } from './agent/mark.ts';
import { agentNext } from './agent/next.ts';
import { agentOpen } from './agent/open.ts';
import { agentRecoverAll } from './agent/recoverAll.ts';
import { agentResume } from './agent/resume.ts';
import { agentStart } from './agent/start.ts';
import { agentTell } from './agent/tell.ts';
import { agentWhy } from './agent/why.ts';
import { attentionMute } from './attention/mute.ts';
import { attentionUnmute } from './attention/unmute.ts';
import type { Command } from './command.ts';
import { costShow } from './cost/show.ts';
import { hookPush } from './hook/push.ts';
import { hookShow } from './hook/show.ts';
import { issueCopyUrl } from './issue/copyUrl.ts';
import { issueCreate } from './issue/create.ts';
import { issueEdit } from './issue/edit.ts';
import { issueClearFilter, issueFilter } from './issue/filter.ts';
import { issueMove } from './issue/move.ts';
import { issueOpen } from './issue/open.ts';
import { issueRefresh } from './issue/refresh.ts';
import { issueSearch } from './issue/search.ts';
import { projectAdd } from './project/add.ts';
import { projectRemove } from './project/remove.ts';
import { runnerLog } from './runner/log.ts';
import { runnerRestart } from './runner/restart.ts';
import { configOpen } from './setup/configOpen.ts';
import { doctor } from './setup/doctor.ts';
import { setupInstall } from './setup/install.ts';
import { setupLogin } from './setup/login.ts';
import { rehearsalStart } from './setup/rehearsal.ts';
import { settingsOpen } from './setup/settingsOpen.ts';
import { walkthroughOpen } from './setup/walkthroughOpen.ts';
import { messageSend } from './tell/send.ts';
import { treeLoadMore } from './tree/loadMore.ts';
import { treeOpenFile } from './tree/openFile.ts';
import { workspaceCopyPath } from './workspace/copyPath.ts';
import { workspaceCreate } from './workspace/create.ts';
import { workspaceDestroy } from './workspace/destroy.ts';
import { workspaceAddFolder, workspaceOpenWindow } from './workspace/openWindow.ts';
import { workspaceRepair } from './workspace/repair.ts';
import { workspaceRestore } from './workspace/restore.ts';
import { workspaceTerminal } from './workspace/terminal.ts';

/** Every command; `contributes.commands` says the same. */
export const commandTable: readonly Command[] = [
  attentionMute,
  attentionUnmute,
  agentAllow,
  agentAllowFromMenu,
  agentAllowSession,
  agentAllowSessionFromMenu,
  agentAnswer,
  agentApprovePlan,
  agentApprovePlanSession,
  agentAttach,
  agentCopyId,
  agentDeny,
  agentDenyFromMenu,
  agentDenyWith,
  agentDenyWithFromMenu,
  agentDiff,
  agentDone,
  agentKill,
  agentLog,
  agentMarkSeen,
  agentMarkUnseen,
  agentNext,
  agentOpen,
  agentRecoverAll,
  agentRejectPlan,
  agentRejectPlanFromMenu,
  agentRejectPlanWith,
  agentRejectPlanWithFromMenu,
  agentResume,
  agentStart,
  agentTell,
  agentWhy,
  agentsGroupBy,
  costShow,
  hookPush,
  hookShow,
  issueClearFilter,
  issueCopyUrl,
  issueCreate,
  issueEdit,
  issueFilter,
  issueMove,
  issueOpen,
  issueRefresh,
  issueSearch,
  messageSend,
  projectAdd,
  projectRemove,
  rehearsalStart,
  runnerLog,
  runnerRestart,
  configOpen,
  doctor,
  settingsOpen,
  setupInstall,
  setupLogin,
  treeLoadMore,
  treeOpenFile,
  walkthroughOpen,
  workspaceAddFolder,
  workspaceCopyPath,
  workspaceCreate,
  workspaceDestroy,
  workspaceOpenWindow,
  workspaceRepair,
  workspaceRestore,
  workspaceTerminal,
];
