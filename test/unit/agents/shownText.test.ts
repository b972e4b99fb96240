import assert from 'node:assert/strict';
import { answerOrEnter, untilReady, untilShown } from '../../../runner/core/agents/shownText.ts';
import type { Typing } from '../../../runner/core/runtimes/runtimeBehaviour.ts';
import { MovableClock } from '../../support/movableClock.ts';

const typing: Typing = { steps: () => [], enter: [], clear: [], shows: (screen, text) => screen.includes(text) };
const { shows: _, ...blind } = typing;

describe('a message that was typed', () => {
  const clock = new MovableClock();

  /** Each look takes time and shows the next screen; the last one stays. */
  function screens(...left: string[]): () => Promise<string> {
    return () => {
      setImmediate(() => clock.move(1_000));
      return Promise.resolve((left.length > 1 ? left.shift() : left[0]) ?? '');
    };
  }

  it('is waited for until the composer shows it', async () => {
    let looks = 0;
    const screen = screens('> ', '> ', '> hello');
    const counted = () => {
      looks += 1;
      return screen();
    };
    await untilShown('hello', typing, { clock, screen: counted });
    assert.equal(looks, 3);
  });

  it('is not waited for without end, nor where the composer cannot be read', async () => {
    await untilShown('hello', typing, { clock, screen: screens('> ') });
    await untilShown('hello', blind, { clock, screen: () => Promise.reject(new Error('not looked at')) });
  });

  it('is not typed before the composer is there again, as it is soon after a dialog', async () => {
    const readable: Typing = { ...typing, isReady: (screen) => screen === '> ' };
    assert.equal(await untilReady(readable, { clock, screen: screens('Allow?', '> ') }), true);
    assert.equal(await untilReady(readable, { clock, screen: screens('Allow?') }), false);
  });

  it('is entered again while the composer holds it', async () => {
    let entered = 0;
    let arrive: () => void = () => undefined;
    const answer = new Promise<{ kind: 'arrived'; proof: string }>((resolve) => {
      arrive = () => resolve({ kind: 'arrived', proof: 'seen' });
    });
    const enter = () => {
      entered += 1;
      arrive();
      return Promise.resolve();
    };
    const waiting = answerOrEnter(answer, 'hello', typing, { clock, screen: screens('> ', '> hello'), enter });
    for (let step = 0; step < 5; step += 1) {
      clock.move(2_000);
      await new Promise<void>((resolve) => setImmediate(resolve));
    }
    assert.deepEqual(await waiting, { kind: 'arrived', proof: 'seen' });
    assert.equal(entered, 1);
  });

  it('is left alone where its receipt comes in time', async () => {
    const arrived = { kind: 'arrived', proof: 'seen' } as const;
    const never = () => Promise.reject(new Error('not wanted'));
    assert.deepEqual(
      await answerOrEnter(Promise.resolve(arrived), 'hello', typing, { clock, screen: never, enter: never }),
      arrived,
    );
  });
});
