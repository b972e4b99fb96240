import type { MessageConnection, NotificationType } from 'vscode-jsonrpc';

/**
 * Tells a client something. One that has left is not told, and that it left is nobody's failure. `onSent` is called once
 * nothing of it waits here any more.
 */
export function notify<P>(
  connection: MessageConnection,
  type: NotificationType<P>,
  params: P,
  onSent: () => void = () => undefined,
): void {
  try {
    connection
      .sendNotification(type.method, params)
      .catch(() => undefined)
      .finally(onSent);
  } catch {
    // A closed or disposed connection is refused at once and not through the promise (vscode-jsonrpc 10).
    onSent();
  }
}
