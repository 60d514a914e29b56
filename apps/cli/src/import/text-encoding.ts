import { TextDecoder } from 'node:util';

/** `gb18030` covers GBK and GB2312, which Chinese spreadsheets write. */
export const encodings = ['utf-8', 'gb18030', 'utf-16le'] as const;
export type Encoding = (typeof encodings)[number];

/**
 * What the first bytes of a file are written in: as its byte order mark says, else UTF-8 if they can be read as that, else
 * GB18030. A character cut off at the end is no objection.
 */
export function detectEncoding(start: Uint8Array): Encoding {
  if (start[0] === 0xff && start[1] === 0xfe) return 'utf-16le';
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(start, { stream: true });
    return 'utf-8';
  } catch {
    return 'gb18030';
  }
}

/** Text of a stream of bytes, without the mark. Bytes that are no text become U+FFFD, and their rows are quarantined. */
export async function* decoded(
  bytes: AsyncIterable<Uint8Array>,
  encoding?: Encoding,
): AsyncGenerator<string> {
  let decoder: TextDecoder | undefined;
  for await (const chunk of bytes) {
    decoder ??= new TextDecoder(encoding ?? detectEncoding(chunk));
    yield decoder.decode(chunk, { stream: true });
  }
  const rest = decoder?.decode() ?? '';
  if (rest) yield rest;
}
