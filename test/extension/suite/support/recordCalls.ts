import { bundle } from './ownTimers.ts';

/** Notes which functions of an object the extension's own code calls from now on; they still do what they do. */
export function recordCalls(owner: object, names: readonly string[]): { calls: readonly string[]; stop(): void } {
  const calls: string[] = [];
  const originals = names.map((name) => [name, Object.getOwnPropertyDescriptor(owner, name)] as const);
  for (const [name, descriptor] of originals) {
    const original: unknown = descriptor?.value;
    if (typeof original !== 'function') throw new Error(`${name} is no function`);
    const recorder = new Proxy(original, {
      apply(target, self, args) {
        const { stack = '' } = new Error('called');
        if (bundle.test(stack)) calls.push(`${name} ${stack}`);
        return Reflect.apply(target, self, args);
      },
    });
    Object.defineProperty(owner, name, { ...descriptor, value: recorder });
  }
  return {
    calls,
    stop() {
      for (const [name, descriptor] of originals) Object.defineProperty(owner, name, descriptor ?? {});
    },
  };
}
