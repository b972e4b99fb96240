import { type VscodeApi, VscodeHost } from '../shared/vscodeHost.ts';
import { AgentPanel } from './agentPanel.ts';
import { ChangesTab } from './changesTab.ts';
import { ContextTab } from './contextTab.ts';
import { FindBar } from './findBar.ts';
import { LiveTab } from './liveTab.ts';
import { PanelHeader } from './panelHeader.ts';
import { QueueTab } from './queueTab.ts';
import { RequestCard } from './requestCard.ts';
import { RequestQuestions } from './requestQuestions.ts';
import { StateNoteBlock } from './stateNoteBlock.ts';
import { TellField } from './tellField.ts';
import { TranscriptRow } from './transcriptRow.ts';
import { WhyTab } from './whyTab.ts';

declare function acquireVsCodeApi(): VscodeApi;

// VS Code gives every view a margin and lets its editor's background show through.
const page = new CSSStyleSheet();
page.replaceSync(
  'html, body { height: 100%; margin: 0; padding: 0; overflow: hidden; background: var(--vscode-editor-background); }',
);
document.adoptedStyleSheets.push(page);

const host = new VscodeHost(acquireVsCodeApi(), window);
const elements: readonly (readonly [string, CustomElementConstructor])[] = [
  ['pan-changes-tab', ChangesTab],
  ['pan-context-tab', ContextTab],
  ['pan-find-bar', FindBar],
  ['pan-live-tab', LiveTab],
  ['pan-panel-header', PanelHeader],
  ['pan-queue-tab', QueueTab],
  ['pan-request-card', RequestCard],
  ['pan-request-questions', RequestQuestions],
  ['pan-state-note', StateNoteBlock],
  ['pan-tell-field', TellField],
  ['pan-transcript-row', TranscriptRow],
  ['pan-why-tab', WhyTab],
];
for (const [name, element] of elements) customElements.define(name, element);
customElements.define('pan-agent-panel', AgentPanel);
const view = new AgentPanel();
view.host = host;
document.body.append(view);
host.ready();
