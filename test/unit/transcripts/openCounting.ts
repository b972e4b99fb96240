import { type OpenTranscript, openTranscript } from '../../../runner/core/transcripts/openTranscript.ts';

/** Opens transcripts as the product does, and tells of the bytes of every read. */
export function openCounting(onRead: (bytes: number) => void): OpenTranscript {
  return async (file, root) => {
    const opened = await openTranscript(file, root);
    if (opened.kind !== 'ok') return opened;
    const read = async (buffer: Uint8Array, position: number) => {
      const bytes = await opened.file.read(buffer, position);
      onRead(bytes);
      return bytes;
    };
    return { kind: 'ok', file: { ...opened.file, read } };
  };
}
