import type { WindowState } from '../../protocol/attention.ts';

/** A window as the runner knows it. */
export interface KnownWindow<Client> {
  client: Client;
  state: WindowState;
  /** When it said last that it has the focus; by the clock that never jumps. */
  focusedAtMs: number;
}

/**
 * The one window that announces: focused, with a project that it is about where there is such a window; of several the
 * one that got the focus last. None when no window has the focus.
 */
export function chooseWindow<Client>(
  windows: readonly KnownWindow<Client>[],
  projects: readonly string[],
): KnownWindow<Client> | undefined {
  const hasProject = ({ state }: KnownWindow<Client>): number =>
    state.projects.some((project) => projects.includes(project)) ? 1 : 0;
  return windows
    .filter(({ state }) => state.focused)
    .sort((a, b) => hasProject(b) - hasProject(a) || b.focusedAtMs - a.focusedAtMs)[0];
}

/** The window whose settings count: the one that was focused last. */
export function leadingWindow<Client>(windows: readonly KnownWindow<Client>[]): KnownWindow<Client> | undefined {
  return [...windows].sort((a, b) => b.focusedAtMs - a.focusedAtMs)[0];
}
