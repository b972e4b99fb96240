import { css } from 'lit';

/** What every element of a view starts from: the sizes, the focus ring, and buttons that look like text. */
export const baseStyles = css`
  :host {
    box-sizing: border-box;
    color: var(--vscode-foreground);
    font-family: var(--vscode-font-family);
    font-size: 13px;
    line-height: 1.45;
  }
  :host([hidden]), [hidden] {
    display: none !important;
  }
  *, *::before, *::after {
    box-sizing: border-box;
  }
  pre, code, .mono {
    font-family: var(--vscode-editor-font-family, monospace);
    font-size: 12px;
  }
  pre {
    margin: 0;
    white-space: pre-wrap;
    overflow-wrap: anywhere;
  }
  h2, p, ul {
    margin: 0;
  }
  h2 {
    font-size: 13px;
    font-weight: 600;
  }
  ul {
    padding: 0;
    list-style: none;
  }
  .dim {
    color: var(--vscode-descriptionForeground);
  }
  .strong {
    font-weight: 600;
  }
  /* Some themes have such colours too pale for small text. */
  .error {
    color: color-mix(in srgb, var(--vscode-errorForeground) 65%, var(--vscode-foreground));
  }
  .added {
    color: color-mix(in srgb, var(--vscode-gitDecoration-addedResourceForeground) 65%, var(--vscode-foreground));
  }
  .removed {
    color: color-mix(in srgb, var(--vscode-gitDecoration-deletedResourceForeground) 65%, var(--vscode-foreground));
  }
  .row {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 8px;
  }
  .grow {
    /* Where less is left of a row, the rest of the row goes below. */
    flex: 1 1 160px;
    min-width: 0;
  }
  :focus-visible {
    outline: 1px solid var(--vscode-focusBorder);
    outline-offset: 1px;
  }
  /* The placeholder says it to those who see it. */
  vscode-text-area::part(label), vscode-text-field::part(label), .unseen {
    position: absolute;
    width: 1px;
    height: 1px;
    overflow: hidden;
    clip-path: inset(50%);
  }
  summary {
    cursor: pointer;
  }
  svg {
    width: 16px;
    height: 16px;
    flex: none;
    vertical-align: text-bottom;
  }
`;

/** A block of text that is shown as it is: a command, a proposed change. */
export const codeStyles = css`
  .code {
    padding: 8px;
    overflow: auto;
    color: var(--vscode-editor-foreground);
    background: var(--vscode-textCodeBlock-background, var(--vscode-editor-background));
    border: 1px solid var(--vscode-contrastBorder, transparent);
    border-radius: 2px;
  }
`;

/** A button that reads as text within a line. */
export const linkStyles = css`
  .link {
    padding: 0;
    border: none;
    background: none;
    color: var(--vscode-textLink-foreground);
    font: inherit;
    text-align: start;
    overflow-wrap: anywhere;
    cursor: pointer;
  }
  .link:hover {
    color: var(--vscode-textLink-activeForeground);
    text-decoration: underline;
  }
  .link:disabled {
    color: var(--vscode-disabledForeground);
    text-decoration: none;
    cursor: default;
  }
`;
