import { isMac } from '../shared/isMac.ts';

/** Whether a key opens the find bar, as it does in editors. */
export function isFindKey({ altKey, ctrlKey, key, metaKey, shiftKey }: KeyboardEvent): boolean {
  return (isMac() ? metaKey && !ctrlKey : ctrlKey && !metaKey) && !altKey && !shiftKey && key.toLowerCase() === 'f';
}
