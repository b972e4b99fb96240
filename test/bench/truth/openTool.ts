import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import type { BenchHomes } from '../benchHomes.ts';
import type { BenchTool } from './benchTool.ts';
import { MockedModel } from './modelPart.ts';
import { ToolStage } from './toolStage.ts';

const installer = path.resolve('.ci/agentClis.mjs');
const programsFolder = path.resolve('.cache/agent-clis/node_modules/.bin');

/** An agent of the real tool in a home of its own, with a model on loopback; idle. Ended with the homes. */
export async function openTool(tool: BenchTool, homes: BenchHomes): Promise<ToolStage> {
  const program = path.join(programsFolder, tool.name);
  if (!existsSync(program)) execFileSync(process.execPath, [installer], { stdio: 'inherit' });
  const model = new MockedModel();
  const mock = await tool.startMock(model.model);
  homes.onStop(() => mock.close());
  model.attach(mock);
  const home = await homes.open();
  tool.seed(home.userHome, mock.url);
  const variables = Object.entries(tool.env(mock.url)).map(([name, value]) => `${name} = ${JSON.stringify(value)}`);
  const head = `[runtimes.${tool.name}]\ncommand = [${JSON.stringify(program)}]\n`;
  home.config(`${head}\n[runtimes.${tool.name}.env]\n${variables.join('\n')}\n`);
  return ToolStage.open(tool, home, model);
}
