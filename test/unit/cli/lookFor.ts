import type { Look } from '../../../runner/cli/render/look.ts';
import { measureFor } from '../../../runner/cli/render/textWidth.ts';
import { now } from './runPan.ts';

/** A look that measures as the command line would for `document`. */
export async function lookFor(document: unknown, changes: Partial<Look> = {}): Promise<Look> {
  return { width: 80, color: false, unicode: true, now, measure: await measureFor(document), ...changes };
}
