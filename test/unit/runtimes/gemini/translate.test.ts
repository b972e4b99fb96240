import assert from 'node:assert/strict';
import { translate } from '../../../../runner/core/runtimes/gemini/translate.ts';
import { recordedEvent } from './recordings.ts';

const workspace = '/home/dev/app/workspaces/feature-min-1';

function fieldsOf(name: string, ...fields: string[]): unknown[] {
  const event = translate(recordedEvent(name));
  return event === undefined ? [] : [event.hook_event_name, ...fields.map((field) => event[field])];
}

function notified(details: object) {
  return translate({
    hook_event_name: 'Notification',
    session_id: 's',
    cwd: workspace,
    notification_type: 'ToolPermission',
    details,
  });
}

describe('the events of Gemini CLI', () => {
  it('tell the file of a new conversation', () => {
    const [name, source, file] = fieldsOf('SessionStart-startup', 'source', 'transcript_path');
    assert.deepEqual([name, source], ['SessionStart', 'startup']);
    assert.match(String(file), /^\/home\/dev\/\.gemini\/tmp\/.+\/chats\/session-.+\.jsonl$/);
    assert.match(String(fieldsOf('SessionStart-clear', 'transcript_path')[1]), /\.jsonl$/);
  });

  it('do not tell the empty file that resuming makes', () => {
    assert.deepEqual(fieldsOf('SessionStart-resume', 'source', 'transcript_path'), [
      'SessionStart',
      'resume',
      undefined,
    ]);
    assert.equal('transcript_path' in (translate(recordedEvent('BeforeAgent')) ?? {}), false);
  });

  it('tell a prompt as it was typed, without the files that the tool put behind it', () => {
    assert.equal(fieldsOf('BeforeAgent', 'prompt')[0], 'UserPromptSubmit');
    const expanded =
      'see @README.md\n--- Content from referenced files ---\nContent from @README.md:\nho\n--- End of content ---';
    assert.equal(translate({ hook_event_name: 'BeforeAgent', prompt: expanded })?.['prompt'], 'see @README.md');
  });

  it('tell the use of a tool, the request for it and its end by the same name and input', () => {
    for (const [tool, notification] of [
      ['run_shell_command', 'exec'],
      ['replace', 'edit'],
    ]) {
      const [, ...asked] = fieldsOf(`Notification-${notification}`, 'tool_name', 'tool_input');
      const [, ...before] = fieldsOf(`BeforeTool-${tool}`, 'tool_name', 'tool_input');
      const [, ...after] = fieldsOf(`AfterTool-${tool}`, 'tool_name', 'tool_input');
      assert.deepEqual(before, after);
      assert.deepEqual(Object.keys(asked[1] as object), Object.keys(after[1] as object));
      assert.equal(asked[0], after[0]);
    }
    assert.equal(fieldsOf('Notification-exec')[0], 'PermissionRequest');
  });

  it('name a file by its whole path, and the change beside it', () => {
    const event = translate(recordedEvent('Notification-edit'));
    assert.deepEqual(event?.['tool_input'], { file_path: `${workspace}/README.md` });
    assert.match(String(event?.['change']), /^-ho\n\+jo$/m);
  });

  it('tell a question once, with its options', () => {
    const [name, tool, input] = fieldsOf('BeforeTool-ask_user', 'tool_name', 'tool_input');
    assert.deepEqual([name, tool], ['PreToolUse', 'AskUserQuestion']);
    assert.deepEqual((input as { questions: { options: object[] }[] }).questions[0]?.options.length, 2);
    assert.deepEqual(fieldsOf('Notification-ask_user'), []);
    assert.equal(fieldsOf('AfterTool-ask_user', 'tool_name')[1], 'AskUserQuestion');
  });

  it('give a yes-or-no question its options', () => {
    const event = translate({
      hook_event_name: 'BeforeTool',
      tool_name: 'ask_user',
      tool_input: { questions: [{ question: 'Go on?', type: 'yesno' }] },
    });
    const question = { question: 'Go on?', type: 'yesno', options: [{ label: 'Yes' }, { label: 'No' }] };
    assert.deepEqual(event?.['tool_input'], { questions: [question] });
  });

  it('tell what else is asked', () => {
    const cases: [object, string][] = [
      [{ type: 'exit_plan_mode', title: 'Plan Approval' }, 'ExitPlanMode'],
      [{ type: 'mcp', serverName: 'jira', toolName: 'search' }, 'mcp_jira_search'],
      [{ type: 'info', title: 'Confirm Web Fetch', prompt: 'get it' }, 'web_fetch'],
      [{ type: 'info', title: 'Activate Skill: deploy' }, 'activate_skill'],
      [{ type: 'info', title: 'Enter Plan Mode' }, 'enter_plan_mode'],
      [{ type: 'edit', title: 'Confirm Write: a.txt', filePath: `${workspace}/a.txt` }, 'write_file'],
    ];
    for (const [details, tool] of cases) assert.equal(notified(details)?.['tool_name'], tool);
  });

  it('tell the end of a turn, but not of one in which the model said nothing', () => {
    assert.equal(fieldsOf('AfterAgent')[0], 'Stop');
    assert.deepEqual(fieldsOf('AfterAgent-nothing'), []);
  });

  it('tell the end of a session, but not that it was cleared', () => {
    assert.deepEqual(fieldsOf('SessionEnd', 'reason'), ['SessionEnd', 'exit']);
    assert.deepEqual(fieldsOf('SessionEnd-clear'), []);
  });

  it('say nothing where nothing is known', () => {
    assert.equal(translate(recordedEvent('PreCompress')), undefined);
    assert.equal(translate({ hook_event_name: 'Notification', notification_type: 'Other' }), undefined);
  });
});
