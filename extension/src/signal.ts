/** An event of our own with the shape of VS Code's, for classes that do not import `vscode`. */
export class Signal<T> {
  private readonly listeners = new Set<{ call: (value: T) => unknown }>();

  readonly event = (
    listener: (value: T) => unknown,
    thisArg?: unknown,
    owners?: { dispose(): unknown }[],
  ): { dispose(): void } => {
    const entry = { call: thisArg === undefined ? listener : listener.bind(thisArg) };
    this.listeners.add(entry);
    const subscription = { dispose: () => void this.listeners.delete(entry) };
    owners?.push(subscription);
    return subscription;
  };

  /** A listener that throws keeps nobody else from hearing it; the first error is thrown afterwards. */
  fire(value: T): void {
    const errors: unknown[] = [];
    for (const listener of [...this.listeners]) {
      try {
        listener.call(value);
      } catch (error) {
        errors.push(error);
      }
    }
    if (errors.length > 0) throw errors[0];
  }

  dispose(): void {
    this.listeners.clear();
  }
}
