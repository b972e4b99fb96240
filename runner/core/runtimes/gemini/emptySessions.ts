import { readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { readRegular } from '../../files/readRegular.ts';
import { fieldsOf } from '../../text/fields.ts';
import { geminiFolder } from './geminiFolder.ts';

const sessionFile = /^session-.+-([0-9a-f]{8})\.jsonl$/;

/** An empty one has a header and the session's context, some kilobytes. */
const maxEmptyBytes = 256 * 1024;
const maxListBytes = 16 * 1024 * 1024;

/**
 * Removes the empty files that resuming leaves beside a conversation. Without this the tool destroys conversations: when
 * another session starts in the folder it takes an empty file for a broken one, and removes it with every file that has
 * the same eight first characters of the session's id (0.61.0).
 */
export async function removeEmptySessions(env: Readonly<Record<string, string>>, workspace: string): Promise<string[]> {
  const folder = await chatsOf(env, workspace);
  if (folder === undefined) return [];
  const names = (await readdir(folder).catch(() => [])).filter((name) => sessionFile.test(name));
  const removed: string[] = [];
  for (const name of names) {
    const id = sessionFile.exec(name)?.[1];
    const others = names.filter((other) => other !== name && sessionFile.exec(other)?.[1] === id);
    if (others.length === 0 || !(await isEmptySession(path.join(folder, name)))) continue;
    const rest = others.filter((other) => !removed.includes(other));
    const kept = await Promise.all(rest.map((other) => isEmptySession(path.join(folder, other))));
    if (kept.every((isEmpty) => isEmpty)) continue;
    await rm(path.join(folder, name));
    removed.push(name);
  }
  return removed;
}

/** The tool gives every folder a short name, in a list of its own. */
async function chatsOf(env: Readonly<Record<string, string>>, workspace: string): Promise<string | undefined> {
  const root = geminiFolder(env);
  const limits = { maxBytes: maxListBytes, followsLinks: true };
  const text = await readRegular(path.join(root, 'projects.json'), limits).catch(() => '{}');
  const name = fieldsOf(fieldsOf(parse(text))['projects'])[workspace];
  if (typeof name !== 'string' || !/^[\w.-]+$/.test(name) || /^\.+$/.test(name)) return undefined;
  return path.join(root, 'tmp', name, 'chats');
}

async function isEmptySession(file: string): Promise<boolean> {
  try {
    const lines = (await readRegular(file, { maxBytes: maxEmptyBytes })).split('\n').filter((line) => line !== '');
    return lines.length > 0 && lines.every((line) => saysNothing(fieldsOf(parse(line))));
  } catch {
    // It cannot be judged or is larger, so it stays.
    return false;
  }
}

/** A header, or a change that brings no message but the session's context. */
function saysNothing(line: Readonly<Record<string, unknown>>): boolean {
  if (typeof line['sessionId'] === 'string') return true;
  const messages = fieldsOf(line['$set'])['messages'];
  return line['$set'] !== undefined && (messages === undefined || (Array.isArray(messages) && messages.length <= 1));
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
