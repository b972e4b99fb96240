import { css, html, LitElement, nothing, type PropertyValues } from 'lit';
import { property, state } from 'lit/decorators.js';
import { workspaceChanges } from '../../runner/protocol/requests.ts';
import type { ChangedFile } from '../../runner/protocol/workspaceModels.ts';
import { baseStyles, linkStyles } from '../shared/baseStyles.ts';
import { Fetched } from '../shared/fetched.ts';
import { type Host, noHost } from '../shared/host.ts';
import { fire } from './viewEvents.ts';

/** Files that are drawn at first, and with each request for more. */
const filesAtOnce = 200;

const statusWords: Record<ChangedFile['status'], string> = {
  added: 'added',
  modified: 'changed',
  deleted: 'deleted',
  renamed: 'renamed',
  untracked: 'new',
  conflicted: 'in conflict',
};

/** What the agent changed, beyond the commit that its work began with. */
export class ChangesTab extends LitElement {
  static override readonly styles = [
    baseStyles,
    linkStyles,
    css`
      :host {
        display: block;
        padding: 8px 16px;
        overflow: auto;
      }
      table {
        width: 100%;
        margin-top: 8px;
        border-collapse: collapse;
      }
      th {
        font-weight: 600;
        text-align: start;
      }
      th, td {
        padding: 2px 8px 2px 0;
        vertical-align: top;
      }
      .count {
        width: 60px;
        text-align: end;
        font-variant-numeric: tabular-nums;
      }
      .status {
        width: 80px;
      }
      tr:hover td {
        background: var(--vscode-list-hoverBackground);
      }
    `,
  ];

  @property({ attribute: false }) accessor host: Host = noHost;
  @property() accessor issueId = '';
  @property({ type: Boolean }) accessor shown = false;
  @state() private accessor limit = filesAtOnce;
  private readonly changes = new Fetched(this, () => this.host.request(workspaceChanges, { id: this.issueId }));

  /** They may have changed. git is asked only while somebody looks. */
  refresh(): void {
    if (this.shown && this.issueId !== '') this.changes.refresh();
  }

  override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('issueId')) {
      this.changes.forget();
      this.limit = filesAtOnce;
    }
    if (changed.has('issueId') || changed.has('shown')) this.refresh();
  }

  override render() {
    const { error, value } = this.changes;
    if (value === undefined)
      return html`<p class="dim">${error?.message ?? 'Comparing with the base…'} ${error?.hint}</p>`;
    if (value.total === 0) return html`<p class="dim">${this.issueId} has changed nothing yet.</p>`;
    return html`
      ${error === undefined ? nothing : html`<p class="error">${error.message}</p>`}
      <div class="row">
        <span class="grow"
          >${value.total.toLocaleString('en')} ${value.total === 1 ? 'file' : 'files'}
          <span class="added">+${value.added}</span> <span class="removed">−${value.removed}</span>
          <span class="dim">against ${value.base.name}</span></span
        >
        <vscode-button appearance="secondary" @click=${() => fire(this, 'pan-act', { act: 'changes' })}>Show Changes</vscode-button>
      </div>
      <table>
        <thead>
          <tr><th scope="col">File</th><th scope="col">Status</th><th scope="col" class="count">Added</th><th scope="col" class="count">Removed</th></tr>
        </thead>
        <tbody>${value.files.slice(0, this.limit).map((file) => this.file(file))}</tbody>
      </table>
      ${this.more(value.files.length, value.total)}
    `;
  }

  private file({ path, from, status, added, removed }: ChangedFile) {
    return html`<tr>
      <td>
        <button class="link" @click=${() => fire(this, 'pan-act', { act: 'file', path })}>${path}</button>
        ${from === null ? nothing : html`<span class="dim">was ${from}</span>`}
      </td>
      <td class="status dim">${statusWords[status]}</td>
      <td class="count added">${counted('+', added)}</td>
      <td class="count removed">${counted('−', removed)}</td>
    </tr>`;
  }

  private more(told: number, total: number) {
    if (this.limit < told) {
      const next = Math.min(filesAtOnce, told - this.limit);
      return html`<button
        class="link"
        @click=${() => {
          this.limit += filesAtOnce;
        }}
      >Show ${next} more</button>`;
    }
    return told < total
      ? html`<p class="dim">${(total - told).toLocaleString('en')} more are not listed here.</p>`
      : nothing;
  }
}

/** Nothing for a file that is not text, and nothing for none: the eye looks for what changed. */
function counted(sign: string, lines: number | null): string {
  return lines === null || lines === 0 ? '' : `${sign}${lines}`;
}
