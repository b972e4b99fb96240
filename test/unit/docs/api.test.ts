import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import * as enumerations from '../../../runner/protocol/enumerations.ts';
import { userErrorRpcCode } from '../../../runner/protocol/errors.ts';
import * as requests from '../../../runner/protocol/requests.ts';

/** Asked and answered without a daemon, so they never cross the socket. */
const offline = new Set(['InitReport']);

interface Row {
  method: string;
  who: string;
  params: string;
  result: string;
}

const page = readFileSync('docs/api.md', 'utf8');

describe('docs/api.md', () => {
  it('lists every method and notification there is, and no other', () => {
    const listed = [...methodRows(page).map(({ method }) => method), ...notificationRows(page)];
    assert.deepEqual(listed.toSorted(), messageNames().toSorted());
  });

  it('gives each method the params and the result of its definition', () => {
    const documented = new Map(methodRows(page).map((row) => [row.method, `${row.params} -> ${row.result}`]));
    assert.deepEqual(documented, definedTypes());
  });

  it('says of each method who may call it, as the daemon decides', () => {
    const documented = new Map(methodRows(page).map(({ method, who }) => [method, who]));
    documented.delete(requests.initialize.method);
    assert.deepEqual(sorted(documented), sorted(boundDoors()));
  });

  it('shows every type with the fields it has', () => {
    const files = [
      'models',
      'cost',
      'requests',
      'errors',
      'runtimeChoice',
      'workspaceModels',
      'issuePages',
      'attention',
    ];
    const defined = shapesIn(files.map((file) => sourceOf(`protocol/${file}`)).join('\n'));
    for (const name of offline) defined.delete(name);
    assert.deepEqual(sorted(shapesIn(codeBlocks(page))), sorted(defined));
  });

  it('shows every enumeration with its values', () => {
    const lists = Object.values(enumerations).map((values) => values.map((value) => `'${value}'`).join(' | '));
    const unions = [...codeBlocks(page).matchAll(/^type \w+ = ('.*');$/gm)].map((match) => match[1] ?? '');
    assert.deepEqual(
      lists.filter((list) => !unions.includes(list)),
      [],
    );
  });

  it('names the protocol version and the code of user errors', () => {
    assert.ok(page.includes(`Protocol version: \`${requests.protocolVersion}\``));
    assert.ok(page.includes(`has the JSON-RPC error code \`${userErrorRpcCode}\``));
  });

  it('shows messages whose lengths are right', () => {
    const messages = [...page.matchAll(/^(?:-->|<--) (".*")$/gm)].map((match) => JSON.parse(match[1] ?? '') as string);
    assert.ok(messages.length > 0);
    for (const message of messages) {
      const [header = '', body = ''] = message.split('\r\n\r\n');
      assert.equal(header, `Content-Length: ${Buffer.byteLength(body)}`);
    }
  });
});

function messageNames(): string[] {
  return Object.values(requests).flatMap((value) => (typeof value === 'object' ? [value.method] : []));
}

function methodRows(text: string): Row[] {
  const rows = text.matchAll(/^\| `([\w/]+)` \| (everyone|own|people) \| (none|`[^`]+`) \| `([^`]+)` \|/gm);
  return [...rows].map(([, method = '', who = '', params = '', result = '']) => {
    return { method, who, params: params.replaceAll('`', ''), result };
  });
}

function notificationRows(text: string): string[] {
  return [...text.matchAll(/^\| `(\w+\/\w+)` \| `\w+` \|/gm)].map((match) => match[1] ?? '');
}

/** Method to `Params -> Result`, as runner/protocol/requests.ts writes them. */
function definedTypes(): Map<string, string> {
  const definitions = sourceOf('protocol/requests').matchAll(/= (request0?)<(.+)>\('([\w/]+)'\);$/gm);
  const types = new Map<string, string>();
  for (const [, kind, generics = '', method = ''] of definitions) {
    const [params = '', result = ''] = kind === 'request0' ? ['none', generics] : generics.split(/, (?=[^ ]+$)/);
    types.set(method, `${withoutUndefined(params)} -> ${result}`);
  }
  return types;
}

/** Method to who may call it, as runner/daemon/bindRunner.ts binds them. */
function boundDoors(): Map<string, string> {
  const methods = new Map(Object.entries(requests).map(([name, value]) => [name, value]));
  const bindings = sourceOf('daemon/bindRunner').matchAll(/^ {2}(everyone|own|people)\(requests\.(\w+),/gm);
  const doors = new Map<string, string>();
  for (const [, who = '', name = ''] of bindings) {
    const type = methods.get(name);
    if (typeof type === 'object') doors.set(type.method, who);
  }
  return doors;
}

/** Interface name to its heading and fields, without comments and white space. */
function shapesIn(text: string): Map<string, string> {
  const plain = text.replaceAll(/\/\*\*.*?\*\//gs, '');
  const shapes = new Map<string, string>();
  for (const [, name = '', parents = '', body = ''] of plain.matchAll(/interface (\w+)([^{]*)(\{\}|\{.*?\n\})/gs)) {
    shapes.set(name, withoutUndefined(`${parents}${body}`).replaceAll(/\s+/g, ' '));
  }
  return shapes;
}

function codeBlocks(text: string): string {
  return [...text.matchAll(/^```ts\n(.*?)^```$/gms)].map((match) => match[1] ?? '').join('\n');
}

/** A field that may be left out is `name?: type` on the page. */
function withoutUndefined(text: string): string {
  return text.replaceAll(' | undefined', '');
}

function sourceOf(file: string): string {
  return readFileSync(`runner/${file}.ts`, 'utf8');
}

function sorted(map: ReadonlyMap<string, string>): [string, string][] {
  return [...map].sort(([a], [b]) => (a < b ? -1 : 1));
}
