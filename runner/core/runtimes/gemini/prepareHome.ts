import { realpath } from 'node:fs/promises';
import path from 'node:path';
import { array, object, safeParse, string } from 'valibot';
import { UserError } from '../../../protocol/errors.ts';
import { errnoOf, fileFailure } from '../../files/fileFailure.ts';
import { makeFolder } from '../../files/makeFolder.ts';
import { withProcessLock } from '../../files/processLock.ts';
import { readRegular, UnfitFile } from '../../files/readRegular.ts';
import { writeAtomic } from '../../files/writeAtomic.ts';
import { fieldsOf } from '../../text/fields.ts';
import type { RuntimeDeps } from '../runtimeDefinition.ts';
import { removeEmptySessions } from './emptySessions.ts';
import { enabledIn } from './enablement.ts';
import { extensionDescription, extensionFiles, extensionName } from './extensionFiles.ts';
import { geminiFolder } from './geminiFolder.ts';
import { readJsonFile, writeJsonFile } from './jsonFile.ts';
import { ensureSignInType } from './signIn.ts';

const lockTimeoutMs = 10_000;
/** Largest file of our extension that is compared, in bytes; they have some hundred. */
const maxBytes = 64 * 1024;

const enablementSchema = object({ overrides: array(string()) });

/**
 * Seeds the tool's own folder with what an agent in `workspace` needs: an extension that reports, loaded in that
 * project's workspaces only. There is no way to do it for one process: a settings file that a variable names has to
 * belong to root, with every folder above it (0.61.0).
 *
 * @throws UserError when a file of the tool's cannot be added to, or when the tool would stop at its sign-in dialog.
 */
export async function prepareHome(
  deps: Pick<RuntimeDeps, 'env' | 'clock' | 'self' | 'startTimeOf' | 'log'>,
  workspace: string,
): Promise<void> {
  const root = geminiFolder(deps.env);
  await makeFolder(root);
  const lock = path.join(root, '.panopticon.lock');
  await withProcessLock(lock, deps, { timeoutMs: lockTimeoutMs, onTimeout: () => busy(root) }, async () => {
    await ensureSignInType(deps.env, workspace);
    await ensureExtension(path.join(root, 'extensions', extensionName));
    await ensureEnabled(path.join(root, 'extensions', 'extension-enablement.json'), workspace);
    const removed = await removeEmptySessions(deps.env, workspace);
    if (removed.length > 0) deps.log.info(`Gemini CLI's empty session files were removed: ${removed.join(', ')}`);
  });
}

async function ensureExtension(folder: string): Promise<void> {
  const manifest = (await readJsonFile(path.join(folder, 'gemini-extension.json'))).value;
  const isOurs = Object.keys(manifest).length === 0 || manifest['description'] === extensionDescription;
  if (!isOurs) throw nameTaken(folder);
  for (const { path: name, content } of extensionFiles()) {
    const file = path.join(folder, name);
    if ((await textOf(file)) !== content) await writeAtomic(file, content);
  }
}

async function ensureEnabled(file: string, workspace: string): Promise<void> {
  const enablement = await readJsonFile(file);
  const ours = safeParse(enablementSchema, enablement.value[extensionName]);
  const folders = [workspace, await realpath(workspace).catch(() => workspace)].map((each) => path.dirname(each));
  const entry = enabledIn(ours.success ? ours.output : undefined, folders);
  if (entry === undefined) return;
  const before = fieldsOf(enablement.value[extensionName]);
  await writeJsonFile(enablement, { ...enablement.value, [extensionName]: { ...before, ...entry } });
}

async function textOf(file: string): Promise<string | undefined> {
  try {
    return await readRegular(file, { maxBytes });
  } catch (error) {
    // What is no file of ours is replaced.
    if (errnoOf(error) === 'ENOENT' || error instanceof UnfitFile) return undefined;
    throw fileFailure(error, file);
  }
}

function busy(folder: string): UserError {
  return new UserError({
    code: 'runtimeNotReady',
    message: `Another runner has been changing ${folder} for ${lockTimeoutMs / 1000} s.`,
    hint: 'Try again; if it stays so, see which pan daemons run: pan daemon status',
  });
}

function nameTaken(folder: string): UserError {
  return new UserError({
    code: 'runtimeNotReady',
    message: `${folder} holds an extension that Panopticon did not make.`,
    hint: 'Rename that extension: agents report through one of this name.',
  });
}
