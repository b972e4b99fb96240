import type { DoctorCheck } from '../../protocol/models.ts';
import type { RuntimeInspection } from '../runtimes/runtime.ts';
import { messageOf } from '../text/messageOf.ts';
import { oneLine } from '../text/sanitize.ts';

/** An AI tool, as far as the doctor looks at it. */
export interface DoctorTool {
  name: string;
  /** Not there where nothing has to be installed. */
  inspect?(): Promise<RuntimeInspection>;
}

/** One row for each tool. None of them is needed but the one that agents run by default. */
export async function checkTools(tools: readonly DoctorTool[], defaultRuntime: string | null): Promise<DoctorCheck[]> {
  const checks = await Promise.all(
    tools.map(async (tool): Promise<DoctorCheck | undefined> => {
      try {
        const found = await tool.inspect?.();
        return found && judgeTool(tool.name, found, tool.name === defaultRuntime);
      } catch (error) {
        const why = `runtime; it cannot be asked: ${oneLine(messageOf(error), 120)}`;
        return { name: tool.name, status: 'warning', version: 'unknown', why, fix: `Try it: ${tool.name} --version` };
      }
    }),
  );
  return checks.filter((check) => check !== undefined);
}

function judgeTool(name: string, found: RuntimeInspection, isDefault: boolean): DoctorCheck {
  const { fix } = found;
  if (!found.installed) {
    const why = isDefault ? 'runtime, the default of config.toml' : 'runtime';
    return { name, status: isDefault ? 'warning' : 'optional', version: null, why, fix };
  }
  const version = found.version ?? 'installed';
  if (found.loggedIn === false) return { name, status: 'warning', version, why: 'runtime; not logged in', fix };
  const why = found.loggedIn === true ? 'runtime; logged in' : 'runtime; whether it is logged in cannot be told';
  return { name, status: fix === null ? 'ok' : 'warning', version, why, fix };
}
