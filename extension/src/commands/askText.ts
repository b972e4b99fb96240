import * as vscode from 'vscode';
import { plainPrompt } from './plainText.ts';

export interface TextQuestion {
  title: string;
  prompt: string;
  placeholder?: string;
  value: string;
  /** Beside the title. */
  button?: { icon: string; tooltip: string };
  /** What is said to an Enter when nothing was written; unless given, that is an answer, too. */
  refusal?: string;
}

/** How the field was left. The text is what stood there. */
export interface TextAnswer {
  kind: 'accept' | 'button' | 'leave';
  text: string;
}

/** Asks for one line; what was written is told also where the person leaves. */
export function askText({ title, prompt, placeholder, value, button, refusal }: TextQuestion): Promise<TextAnswer> {
  const box = vscode.window.createInputBox();
  box.title = title;
  box.prompt = plainPrompt(prompt);
  box.placeholder = placeholder;
  box.value = value;
  box.ignoreFocusOut = true;
  if (button !== undefined) box.buttons = [{ iconPath: new vscode.ThemeIcon(button.icon), tooltip: button.tooltip }];
  return new Promise((resolve) => {
    const end = (kind: TextAnswer['kind']): void => {
      resolve({ kind, text: box.value });
      box.hide();
    };
    box.onDidAccept(() => {
      if (refusal !== undefined && box.value.trim() === '') box.validationMessage = refusal;
      else end('accept');
    });
    box.onDidChangeValue(() => {
      box.validationMessage = undefined;
    });
    box.onDidTriggerButton(() => end('button'));
    box.onDidHide(() => {
      resolve({ kind: 'leave', text: box.value });
      box.dispose();
    });
    box.show();
  });
}
