import iconv from 'iconv-lite';
import { decoded, detectEncoding } from './text-encoding.js';

const text = '登记时间,居民\n2026-11-22,王秀英\n';

async function* chunks(bytes: Uint8Array, size: number) {
  for (let start = 0; start < bytes.length; start += size) yield bytes.subarray(start, start + size);
}

async function read(bytes: Uint8Array, size = bytes.length, encoding?: 'utf-8' | 'gb18030'): Promise<string> {
  let whole = '';
  for await (const part of decoded(chunks(bytes, size), encoding)) whole += part;
  return whole;
}

describe('the encoding of a file', () => {
  it.each(['utf8', 'gb18030', 'gbk', 'utf16le'])('is recognised: %s', async (encoding) => {
    expect(await read(iconv.encode(text, encoding, { addBOM: encoding === 'utf16le' }))).toBe(text);
  });

  it('may have a byte order mark, which is no text', async () => {
    expect(await read(iconv.encode(text, 'utf8', { addBOM: true }))).toBe(text);
  });

  it('does not depend on where the chunks are cut', async () => {
    // The first chunk decides, so it must hold at least one whole character.
    for (const size of [4, 5, 7]) {
      expect(await read(Buffer.from(text), size)).toBe(text);
      expect(await read(iconv.encode(text, 'gb18030'), size, 'gb18030')).toBe(text);
    }
    expect(detectEncoding(Buffer.from(text).subarray(0, 4))).toBe('utf-8');
  });

  it('can be said, and what is no text in it stays visible', async () => {
    expect(await read(iconv.encode('居民', 'gb18030'), 100, 'utf-8')).toContain('\uFFFD');
    expect(await read(Buffer.from([0x61, 0xe7, 0x99]), 100, 'utf-8')).toBe('a\uFFFD');
  });

  it('of an empty file does not matter', async () => {
    expect(await read(new Uint8Array())).toBe('');
  });
});
