import { css } from 'lit';

export const liveTabStyles = css`
  :host {
    position: relative;
    display: flex;
    flex-direction: column;
    min-height: 0;
  }
  .scroller {
    flex: 1;
    min-height: 0;
    overflow-y: auto;
    overflow-anchor: none;
  }
  .scroller:focus-visible {
    outline-offset: -1px;
  }
  .hint {
    padding: 8px 16px;
  }
  .newer {
    position: absolute;
    inset-inline-end: 24px;
    bottom: 8px;
  }
`;
