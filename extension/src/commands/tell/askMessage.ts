import * as vscode from 'vscode';
import { plainPrompt } from '../plainText.ts';

export interface MessageQuestion {
  title: string;
  /** What a message would do now. */
  prompt: string;
  value: string;
  /** Offers an editor for longer ones. */
  canWrite: boolean;
}

/** `write`: in an editor; `leave`: not now. The text is what stood there. */
export interface MessageAnswer {
  kind: 'send' | 'write' | 'leave';
  text: string;
}

/** Asks for one line to tell. */
export function askMessage({ title, prompt, value, canWrite }: MessageQuestion): Promise<MessageAnswer> {
  const box = vscode.window.createInputBox();
  box.title = title;
  box.prompt = plainPrompt(prompt);
  box.placeholder = 'What should be done?';
  box.value = value;
  box.ignoreFocusOut = true;
  if (canWrite) box.buttons = [{ iconPath: new vscode.ThemeIcon('edit'), tooltip: 'Write in Editor' }];
  return new Promise((resolve) => {
    const end = (kind: MessageAnswer['kind']): void => {
      resolve({ kind, text: box.value });
      box.hide();
    };
    box.onDidAccept(() => {
      if (box.value.trim() === '') box.validationMessage = 'Write what the agent should do.';
      else end('send');
    });
    box.onDidChangeValue(() => {
      box.validationMessage = undefined;
    });
    box.onDidTriggerButton(() => end('write'));
    box.onDidHide(() => {
      resolve({ kind: 'leave', text: box.value });
      box.dispose();
    });
    box.show();
  });
}
