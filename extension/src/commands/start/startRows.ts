import type { PermissionMode } from '../../../../runner/protocol/enumerations.ts';
import type { RuntimeChoice, RuntimeList } from '../../../../runner/protocol/runtimeChoice.ts';
import { dotted } from '../../views/row.ts';
import type { Heading, Row } from '../pick.ts';
import { plainLabel } from '../plainText.ts';

/** What an agent is to run; what is left out is left to the runner. */
export interface StartWish {
  runtime: string;
  model?: string;
  mode?: PermissionMode;
}

/** `fix`: the tool cannot be started now; `more`: runtime, model and mode one by one. */
export type StartChoice =
  | { kind: 'start'; wish: StartWish }
  | { kind: 'fix'; runtime: RuntimeChoice }
  | { kind: 'more' };

/** The first line is what Enter starts: the last one in this project, else what the project starts by itself. */
export function startRows(
  { runtimes }: RuntimeList,
  last: StartWish | undefined,
  project: string,
): (Row<StartChoice> | Heading)[] {
  const ready = runtimes.filter((runtime) => runtime.ready);
  const lastRuntime = ready.find(({ name }) => name === last?.runtime);
  const others = defaultFirst(ready).filter((runtime) => !(runtime === lastRuntime && isUsual(runtime, last)));
  return [
    ...(last === undefined || lastRuntime === undefined ? [] : [lastRow(lastRuntime, last, project)]),
    ...others.map(usualRow),
    { heading: '' },
    { value: { kind: 'more' }, icon: 'settings', label: 'Choose Runtime, Model and Mode...' },
    ...runtimes.filter((runtime) => !runtime.ready).map(fixRow),
  ];
}

/** Runtimes one by one: first the default, as in `startRows`; those that cannot be started come last and say why. */
export function runtimeRows({ runtimes }: RuntimeList): Row<RuntimeChoice>[] {
  const ready = runtimes.filter((runtime) => runtime.ready);
  const others = runtimes.filter((runtime) => !runtime.ready);
  return [...defaultFirst(ready), ...others].map((runtime) => ({
    value: runtime,
    icon: runtime.ready ? 'hubot' : 'warning',
    label: plainLabel(runtime.name),
    description: plainLabel(dotted(runtime.version ?? '', runtime.isDefault ? 'default' : '')),
    ...noted(runtime),
  }));
}

/** The first line is what the runtime starts with by itself; Enter takes it. */
export function modeRows({ modes, mode }: RuntimeChoice): Row<PermissionMode>[] {
  return [mode, ...modes.filter((each) => each !== mode)].map((each) => ({
    value: each,
    label: each,
    detail: modeTexts[each],
    ...(each === mode ? { description: 'default' } : {}),
  }));
}

function defaultFirst(runtimes: readonly RuntimeChoice[]): RuntimeChoice[] {
  return runtimes.toSorted((a, b) => Number(b.isDefault) - Number(a.isDefault));
}

const modeTexts: Readonly<Record<PermissionMode, string>> = {
  plan: 'Reads and plans; changes nothing.',
  ask: 'Asks before it changes files or runs commands.',
  auto: 'Changes files by itself; asks before what may do harm.',
  bypass: 'Runs everything without asking.',
};

function lastRow(runtime: RuntimeChoice, wish: StartWish, project: string): Row<StartChoice> {
  const label = described(runtime.name, wish.model ?? runtime.model, wish.mode ?? runtime.mode);
  const description = plainLabel(`last used in ${project}`);
  return { value: { kind: 'start', wish }, icon: 'play', label, description, ...noted(runtime) };
}

function usualRow(runtime: RuntimeChoice): Row<StartChoice> {
  return {
    value: { kind: 'start', wish: { runtime: runtime.name } },
    icon: 'play',
    label: described(runtime.name, runtime.model, runtime.mode),
    ...(runtime.isDefault ? { description: 'default' } : {}),
    ...noted(runtime),
  };
}

/** What there is to know before Enter: that it is logged out, that it is only played. */
function noted({ name, ready, reason }: RuntimeChoice): { detail?: string } {
  if (!ready) return { detail: plainLabel(reason ?? 'It cannot be started now.') };
  if (reason !== null) return { detail: plainLabel(reason) };
  return name === 'rehearsal' ? { detail: 'A script plays the agent: no model, no real work.' } : {};
}

function fixRow(runtime: RuntimeChoice): Row<StartChoice> {
  const fix = runtime.fix === null ? '' : ` Fix: ${runtime.fix}`;
  return {
    value: { kind: 'fix', runtime },
    icon: 'warning',
    label: plainLabel(runtime.name),
    detail: plainLabel(`${runtime.reason ?? 'It cannot be started now.'}${fix}`),
  };
}

/** Whether the last start was what this runtime starts by itself. */
function isUsual(runtime: RuntimeChoice, last: StartWish | undefined): boolean {
  return (last?.model ?? runtime.model) === runtime.model && (last?.mode ?? runtime.mode) === runtime.mode;
}

function described(name: string, model: string | null, mode: PermissionMode): string {
  return plainLabel([name, ...(model === null ? [] : [model]), mode].join(' · '));
}
