/** What goes on for one connection and can be given up, by its `progressToken`. The end of the connection ends nothing. */
export class CancelableCalls {
  private readonly running = new Map</* token */ string, AbortController>();

  /** Called as the request arrives: its `progress/cancel` may be the next message. */
  begin(params: unknown): { signal: AbortSignal; end(): void } {
    const token = tokenIn(params);
    const controller = new AbortController();
    if (token !== undefined) this.running.set(token, controller);
    return {
      signal: controller.signal,
      end: () => {
        if (token !== undefined && this.running.get(token) === controller) this.running.delete(token);
      },
    };
  }

  /** Does nothing where the call has ended meanwhile. */
  cancel(token: string): void {
    this.running.get(token)?.abort();
  }
}

function tokenIn(params: unknown): string | undefined {
  if (typeof params !== 'object' || params === null || !('progressToken' in params)) return undefined;
  return typeof params.progressToken === 'string' ? params.progressToken : undefined;
}
