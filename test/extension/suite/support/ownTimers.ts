import assert from 'node:assert/strict';
import { type Runtime, Session } from 'node:inspector';

/** A timer that runs and whose callback is the extension's. */
export interface OwnTimer {
  delayMs: unknown;
  repeats: boolean;
  callback: string;
}

/** Where the functions of the bundle are from. */
export const bundle = /[\\/]dist[\\/]extension\.js/;

/** Of a list of timers those that are still to run; as text, it runs among them. */
const running = 'function () { return this.filter((timer) => timer._destroyed === false); }';

/**
 * Asks the engine for all timers of this process, and where their callbacks were written. It tells also of timers that
 * were made before anybody looked, or that do not keep a process alive. A callback without a place, as what resolves a
 * promise, belongs to nobody here: `recordCalls` tells who makes such timers.
 */
export class OwnTimers {
  private readonly session = new Session();
  private readonly files = new Map</* script id */ string, string>();
  private readonly prototypeId: string;

  constructor() {
    this.session.connect();
    this.session.on('Debugger.scriptParsed', ({ params }) => this.files.set(params.scriptId, params.url));
    this.session.post('Debugger.enable');
    this.prototypeId = this.prototypeOfTimers();
  }

  /** Those that run now. It takes as long as collecting all garbage. */
  list(): OwnTimer[] {
    const { objects } = answered<Runtime.QueryObjectsReturnType>((done) =>
      this.session.post('Runtime.queryObjects', { prototypeObjectId: this.prototypeId }, done),
    );
    const objectId = idOf(objects);
    const { result } = answered<Runtime.CallFunctionOnReturnType>((done) =>
      this.session.post(
        'Runtime.callFunctionOn',
        { objectId, functionDeclaration: running, objectGroup: 'timers' },
        done,
      ),
    );
    const timers = this.propertiesOf(idOf(result)).result.flatMap(({ name, value }) =>
      /^\d+$/.test(name) && value?.objectId !== undefined ? [value.objectId] : [],
    );
    assert.ok(timers.length > 0, 'an extension host has timers of its own, but none is found');
    const own = timers.flatMap((timer) => this.ownTimer(timer));
    // What was asked about is kept in memory until then.
    this.session.post('Runtime.releaseObjectGroup', { objectGroup: 'timers' });
    this.session.post('Runtime.releaseObject', { objectId });
    return own;
  }

  dispose(): void {
    this.session.disconnect();
  }

  private ownTimer(objectId: string): OwnTimer[] {
    const fields = new Map(this.propertiesOf(objectId).result.map(({ name, value }) => [name, value]));
    const callback = fields.get('_onTimeout');
    if (callback?.objectId === undefined) return [];
    const place: unknown = this.propertiesOf(callback.objectId).internalProperties?.find(
      ({ name }) => name === '[[FunctionLocation]]',
    )?.value?.value;
    if (!bundle.test(this.files.get(scriptOf(place)) ?? '')) return [];
    const delayMs: unknown = fields.get('_idleTimeout')?.value;
    const repeats = typeof fields.get('_repeat')?.value === 'number';
    return [{ delayMs, repeats, callback: callback.description ?? '' }];
  }

  private prototypeOfTimers(): string {
    const timer = setTimeout(() => undefined, 0);
    clearTimeout(timer);
    const name = 'panopticonTestTimers';
    Object.assign(globalThis, { [name]: Object.getPrototypeOf(timer) });
    try {
      const { result } = answered<Runtime.EvaluateReturnType>((done) =>
        this.session.post('Runtime.evaluate', { expression: `globalThis.${name}` }, done),
      );
      return idOf(result);
    } finally {
      Reflect.deleteProperty(globalThis, name);
    }
  }

  private propertiesOf(objectId: string): Runtime.GetPropertiesReturnType {
    return answered((done) => this.session.post('Runtime.getProperties', { objectId, ownProperties: true }, done));
  }
}

function idOf({ objectId }: Runtime.RemoteObject): string {
  assert.ok(objectId);
  return objectId;
}

function scriptOf(place: unknown): string {
  return typeof place === 'object' && place !== null && 'scriptId' in place ? String(place.scriptId) : '';
}

/** A session with its own thread answers before `post` returns. */
function answered<T>(post: (done: (error: Error | null, answer?: T) => void) => void): T {
  let got: { error: Error | null; answer: T | undefined } | undefined;
  post((error, answer) => {
    got = { error, answer };
  });
  if (got?.answer === undefined) throw new Error(`The engine does not say: ${got?.error?.message ?? 'no answer'}`);
  return got.answer;
}
