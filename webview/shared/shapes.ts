import { html, svg, type TemplateResult } from 'lit';

/**
 * The drawings that stand for states, 16 by 16, one line wide: the same as the files below media/agents, which VS Code
 * shows in the tabs.
 */
export const shapes = {
  shield: 'M8 1.5 13.5 3.5V8C13.5 11 11.3 13.4 8 14.5 4.7 13.4 2.5 11 2.5 8V3.5ZM8 5V8.5M8 10.5V11.5',
  question: 'M8 1.5A6.5 6.5 0 1 1 8 14.5 6.5 6.5 0 1 1 8 1.5ZM6.2 6.2A1.8 1.8 0 1 1 8 8V9M8 10.3V11.3',
  checklist: 'M2 4 3.2 5.2 5.4 2.8M7.5 4H14M2 8.2 3.2 9.4 5.4 7M7.5 8.2H14M3 12.5H4.5M7.5 12.5H14',
  warning: 'M8 2 14.5 13.5H1.5ZM8 6.2V9.6M8 11V12',
  error: 'M8 1.5A6.5 6.5 0 1 1 8 14.5 6.5 6.5 0 1 1 8 1.5ZM5.5 5.5 10.5 10.5M10.5 5.5 5.5 10.5',
  pulse: 'M1 8.5H4L6 3.5 9.5 12.5 11.5 8.5H15',
  starting: 'M8 1.5A6.5 6.5 0 1 1 1.5 8',
  key: 'M6 6.9A3.3 3.3 0 1 1 6 13.5 3.3 3.3 0 1 1 6 6.9ZM8.4 7.9 13.8 2.5M11.2 5.1 13.2 7.1',
  clock: 'M8 1.5A6.5 6.5 0 1 1 8 14.5 6.5 6.5 0 1 1 8 1.5ZM8 4.5V8L10.5 9.5',
  circle: 'M8 1.5A6.5 6.5 0 1 1 8 14.5 6.5 6.5 0 1 1 8 1.5Z',
  check: 'M8 1.5A6.5 6.5 0 1 1 8 14.5 6.5 6.5 0 1 1 8 1.5ZM5 8.2 7.2 10.4 11 5.8',
  square: 'M3.5 3.5H12.5V12.5H3.5Z',
  unknown: 'M1.5 6C4.5 11.3 11.5 11.3 14.5 6M3.2 8.6 1.8 10.6M6.3 9.9 5.7 12.4M9.7 9.9 10.3 12.4M12.8 8.6 14.2 10.6',
  hook: 'M9.5 1.5 4 9H8L6.5 14.5 12 7H8Z',
  transcript: 'M3.5 1.5H12.5V14.5H3.5ZM5.5 5H10.5M5.5 8H10.5M5.5 11H8.5',
  terminal: 'M1.5 2.5H14.5V13.5H1.5ZM4 6 6 8 4 10M7.5 10.5H11',
  process:
    'M4.5 4.5H11.5V11.5H4.5ZM6.5 1.5V4.5M9.5 1.5V4.5M6.5 11.5V14.5M9.5 11.5V14.5M1.5 6.5H4.5M1.5 9.5H4.5M11.5 6.5H14.5M11.5 9.5H14.5',
  person: 'M8 2A2.7 2.7 0 1 1 8 7.4 2.7 2.7 0 1 1 8 2ZM2.5 14.5C2.5 11 5 9.5 8 9.5S13.5 11 13.5 14.5',
  verdict: 'M8 1.5V14.5M4 14.5H12M2 4H14M4 4 2 9H6ZM12 4 10 9H14Z',
  up: 'M8 13V3M3.5 7.5 8 3 12.5 7.5',
  down: 'M8 3V13M3.5 8.5 8 13 12.5 8.5',
  close: 'M3.5 3.5 12.5 12.5M12.5 3.5 3.5 12.5',
} as const;

export type Shape = keyof typeof shapes;

/** Says nothing to those who do not see it: words beside it do. */
export function drawn(shape: Shape): TemplateResult {
  return html`<svg viewBox="0 0 16 16" fill="none" stroke="currentColor" stroke-width="1.2" aria-hidden="true">
    ${svg`<path d=${shapes[shape]} stroke-linejoin="round" stroke-linecap="round"></path>`}
  </svg>`;
}
