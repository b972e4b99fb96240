import * as vscode from 'vscode';

/** What ends sooner is told by its result alone. */
const lateMs = 2_000;

/** Shows a notification with the phases once the task has lasted for a while; with Cancel where that can abort it. */
export async function lateProgress<T>(
  title: string,
  task: (onPhase: (phase: string) => void) => Promise<T>,
  controller?: AbortController,
): Promise<T> {
  let phase = '';
  let report: (text: string) => void = () => undefined;
  const running = task((next) => {
    phase = next;
    report(next);
  });
  const ended = running.then(
    () => undefined,
    () => undefined,
  );
  const timer = setTimeout(() => {
    const options = { location: vscode.ProgressLocation.Notification, title, cancellable: controller !== undefined };
    void vscode.window.withProgress(options, (progress, token) => {
      token.onCancellationRequested(() => controller?.abort());
      report = (message) => progress.report({ message });
      report(phase);
      return ended;
    });
  }, lateMs);
  try {
    return await running;
  } finally {
    clearTimeout(timer);
  }
}
