import { messageOf } from '../core/text/messageOf.ts';
import { UserError } from '../protocol/errors.ts';
import { createOffline } from './createOffline.ts';
import { runDaemon } from './runDaemon.ts';

/** What `pan` loads this bundle for when no daemon is needed. */
export const openOffline = createOffline;

// Run by itself, this bundle is the daemon.
if (require.main === module) {
  runDaemon(__dirname).then(
    (code) => process.exit(code),
    (error: unknown) => {
      const failure =
        error instanceof UserError
          ? error
          : new UserError({
              code: 'bug',
              message: `The runner could not start: ${messageOf(error)}.`,
              hint: 'See what is missing: pan doctor; what it did last: pan daemon log',
            });
      process.stderr.write(`${JSON.stringify(failure.toData())}\n`, () => process.exit(1));
    },
  );
}
