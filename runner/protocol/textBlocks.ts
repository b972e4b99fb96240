export interface TextBlock {
  isCode: boolean;
  text: string;
}

const fence = /^ {0,3}(`{3,}|~{3,})[^`]*$/;

/**
 * Text of a model, apart from the code blocks in it. That is all that is understood of its markup; everything else is
 * shown as it stands. A block that is not closed is code to the end.
 */
export function textBlocks(text: string): TextBlock[] {
  const blocks: TextBlock[] = [];
  let lines: string[] = [];
  let open: string | undefined;
  const close = () => {
    const block = lines.join('\n');
    if (block.trim() !== '')
      blocks.push({ isCode: open !== undefined, text: open === undefined ? block.trim() : block });
    lines = [];
  };
  for (const line of text.split('\n')) {
    const mark = fence.exec(line)?.[1];
    const isEnd = open !== undefined && mark?.startsWith(open) === true && line.trim() === mark;
    if (isEnd || (open === undefined && mark !== undefined)) {
      close();
      open = isEnd ? undefined : mark;
    } else {
      lines.push(line);
    }
  }
  close();
  return blocks;
}
