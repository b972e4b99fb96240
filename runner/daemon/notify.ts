import type { MessageConnection, NotificationType } from 'vscode-jsonrpc';

/** Tells a client something. One that has left is not told, and that it left is nobody's failure. */
export function notify<P>(connection: MessageConnection, type: NotificationType<P>, params: P): void {
  try {
    connection.sendNotification(type.method, params).catch(() => undefined);
  } catch {
    // A closed or disposed connection is refused at once and not through the promise (vscode-jsonrpc 10).
  }
}
