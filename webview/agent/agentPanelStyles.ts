import { css } from 'lit';

/** The view as a whole: what is asked and the field stay, the tab between them takes the rest. */
export const agentPanelStyles = css`
  :host {
    /* What is only read aloud lies within, too, and makes nothing scroll. */
    position: relative;
    display: flex;
    flex-direction: column;
    height: 100vh;
    overflow: hidden;
  }
  main {
    display: flex;
    flex: 1;
    flex-direction: column;
    min-height: 0;
  }
  header, footer, .note, .away {
    flex: none;
  }
  .away {
    padding: 4px 16px;
    color: var(--vscode-editorWidget-foreground);
    background: var(--vscode-editorWidget-background);
    border-bottom: 1px solid var(--vscode-panel-border, var(--vscode-contrastBorder, transparent));
  }
  .note, .empty {
    padding: 8px 16px;
    overflow-wrap: anywhere;
  }
  pan-request-card {
    flex: 0 1 auto;
    max-height: 45vh;
  }
  vscode-panels {
    flex: 1;
    grid-template-columns: auto minmax(0, 1fr) auto;
    min-height: 0;
    overflow: hidden;
    padding: 0 16px 0 8px;
  }
  vscode-panels::part(tablist) {
    justify-content: start;
    width: auto;
    padding-inline-start: 4px;
    /* Where it is narrow, the tabs scroll and not the view. */
    overflow-x: auto;
    scrollbar-width: none;
  }
  @media (max-width: 400px) {
    vscode-panels::part(tablist) {
      column-gap: 12px;
    }
  }
  vscode-panels::part(tabpanel) {
    min-height: 0;
    margin: 0 -16px 0 -8px;
  }
  vscode-panel-view {
    height: 100%;
    min-height: 0;
    padding: 0;
    border: none;
    border-top: 1px solid var(--vscode-panel-border, var(--vscode-contrastBorder, transparent));
    border-radius: 0;
  }
  vscode-panel-view[hidden] {
    display: none;
  }
  vscode-panel-view > * {
    width: 100%;
    height: 100%;
  }
  /* What lies outside is cut off. */
  vscode-panel-view > :focus-visible {
    outline-offset: -1px;
  }
`;
