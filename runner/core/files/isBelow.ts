import path from 'node:path';

/** Whether a path lies in a folder or deeper, by its name alone: links are not resolved. */
export function isBelow(file: string, folder: string): boolean {
  const relative = path.relative(folder, file);
  return relative !== '' && relative !== '..' && !relative.startsWith(`..${path.sep}`) && !path.isAbsolute(relative);
}
