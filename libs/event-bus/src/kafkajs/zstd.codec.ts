import { promisify } from 'node:util';
import { zstdCompress, zstdDecompress } from 'node:zlib';
import kafkajs from 'kafkajs';

const { CompressionCodecs, CompressionTypes } = kafkajs; // Node finds no more than the first names of this CommonJS module

const compress = promisify(zstdCompress);
const decompress = promisify(zstdDecompress);

/** A topic may be compressed by its broker (`compression.type=zstd`); kafkajs reads nothing but gzip by itself. */
export function registerZstd(): void {
  CompressionCodecs[CompressionTypes.ZSTD] = () => ({
    compress: ({ buffer }: { buffer: Buffer }) => compress(buffer),
    decompress: (buffer: Buffer) => decompress(buffer),
  });
}
