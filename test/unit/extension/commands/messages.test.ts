import assert from 'node:assert/strict';
import type * as sending from '../../../../extension/src/commands/tell/send.ts';
import type * as documents from '../../../../extension/src/documents/messageDocuments.ts';
import { loadParts, partsOf, runnerWith } from '../support/loadParts.ts';
import { disposable, Emitter, Shown, Uri } from '../support/standIns.ts';

function addressOf(issueId: string): Uri {
  return Uri.from({ scheme: 'panopticon-message', path: `/Message to ${issueId}.md` });
}

/** An editor of a message: what stands in it. */
class MessageEditor {
  readonly uri: Uri;
  readonly lineCount = 1;
  text: string;
  isDirty: boolean;

  constructor(issueId: string, text: string, isDirty: boolean) {
    this.uri = addressOf(issueId);
    this.text = text;
    this.isDirty = isDirty;
  }

  getText(): string {
    return this.text;
  }

  lineAt(): { range: { end: number } } {
    return { range: { end: this.text.length } };
  }
}

/** The documents of messages, with these drafts kept and these editors open. */
function opened(drafts: Record<string, string>, editors: readonly MessageEditor[]) {
  class WorkspaceEdit {
    readonly inserts: [Uri, number, string][] = [];

    insert(...insert: [Uri, number, string]): void {
      this.inserts.push(insert);
    }
  }
  const kept = new Map<string, unknown>(Object.entries(drafts));
  const { MessageDocuments } = loadParts<typeof documents>(
    {
      EventEmitter: Emitter,
      Uri,
      WorkspaceEdit,
      Selection: class {},
      FileChangeType: {},
      workspace: {
        registerFileSystemProvider: disposable,
        textDocuments: editors,
        openTextDocument: async () => editors[0],
        applyEdit: async ({ inserts }: WorkspaceEdit) => {
          for (const [uri, place, text] of inserts) {
            const editor = editors.find((each) => each.uri === uri);
            if (editor !== undefined) editor.text = `${editor.text.slice(0, place)}${text}${editor.text.slice(place)}`;
          }
        },
      },
      window: { showTextDocument: async () => ({}) },
    },
    'documents/messageDocuments.ts',
  );
  const memento = {
    keys: () => [...kept.keys()],
    get: (key: string) => kept.get(key),
    update: async (key: string, value: unknown) => void kept.set(key, value),
  };
  return { documents: new MessageDocuments(memento as never), kept };
}

describe('a message that is written in an editor', () => {
  it('gets what is added by a file that was dropped, or by the box, also where it is not saved', async () => {
    const editor = new MessageEditor('MIN-1', 'Read and think', true);
    const { documents, kept } = opened({ 'draft MIN-1': 'Read' }, [editor]);
    await documents.openMessage('MIN-1', 'Read src/a.ts');
    assert.equal(editor.text, 'Read and think src/a.ts');
    await documents.openMessage('MIN-1', 'Something else');
    assert.equal(editor.text, 'Read and think src/a.ts\nSomething else');
    assert.equal(kept.get('draft MIN-1'), 'Read', 'saving what is older would be a conflict');
  });

  it('is the draft where the editor shows what was saved', async () => {
    const { documents, kept } = opened({ 'draft MIN-1': 'Read' }, [new MessageEditor('MIN-1', 'Read', false)]);
    await documents.openMessage('MIN-1', 'Read src/a.ts');
    assert.equal(kept.get('draft MIN-1'), 'Read src/a.ts');
  });

  it('is known by the address of its editor', () => {
    const { documents } = opened({}, [
      new MessageEditor('MIN-1', 'one', true),
      new MessageEditor('MIN-2', 'two', true),
    ]);
    assert.deepEqual(documents.messageAt(addressOf('MIN-2')), { issueId: 'MIN-2', text: 'two' });
    assert.equal(documents.messageAt(Uri.file('/a.md')), undefined);
  });
});

describe('Send Message', () => {
  /** Of two messages the first is in the active editor. What is told does not arrive before `arrive`. */
  function twoMessages() {
    const told: unknown[] = [];
    const arrivals: (() => void)[] = [];
    const tell = (params: unknown) => {
      told.push(params);
      return new Promise((resolve) => {
        arrivals.push(() => resolve({ outcome: 'delivered', detail: '', tookMs: 1 }));
      });
    };
    const app = partsOf({
      documents: {
        activeMessage: () => ({ issueId: 'MIN-1', text: 'one' }),
        messageAt: (address: unknown) =>
          address instanceof Uri && address.path.includes('MIN-2') ? { issueId: 'MIN-2', text: 'two' } : undefined,
        closeMessage: async () => {},
      },
      fleet: { get: () => undefined },
      runner: runnerWith({ agents: { tell } }),
    });
    const { messageSend } = loadParts<typeof sending>(new Shown().vscode, 'commands/tell/send.ts');
    const send = (...given: unknown[]): Promise<void> => Promise.resolve(messageSend.run(app, ...given));
    const arrive = async (...running: Promise<void>[]): Promise<void> => {
      await new Promise(setImmediate);
      for (const each of arrivals) each();
      await Promise.all(running);
    };
    return { told, send, arrive };
  }

  it('in the title of a message sends that one, whichever is active', async () => {
    const { told, send, arrive } = twoMessages();
    await arrive(send(addressOf('MIN-2')));
    assert.deepEqual(told, [{ id: 'MIN-2', text: 'two' }]);
  });

  it('sends each message once, and another one while the first is on its way', async () => {
    const { told, send, arrive } = twoMessages();
    await arrive(send(), send(), send(addressOf('MIN-2')));
    assert.deepEqual(told, [
      { id: 'MIN-1', text: 'one' },
      { id: 'MIN-2', text: 'two' },
    ]);
  });
});
