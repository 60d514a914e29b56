import { type FileHandle, open } from 'node:fs/promises';
import { Readable, pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { CsvError, parse } from 'csv-parse';
import { Failure } from '../failure.js';
import type { Cells } from './profile.js';
import { type Encoding, decoded } from './text-encoding.js';

/** One row of a file, below its header. */
export type Row = {
  /** Of the file, counted from 1: where the row begins. */
  line: number;
  values: string[];
  /** By column, trimmed; `undefined` when there are more or fewer values than columns. */
  cells: Cells | undefined;
};

export type RowSource = {
  columns: string[];
  rows: AsyncIterable<Row>;
  /** Of the file as it lies on the disk. */
  bytes: number;
  bytesRead: () => number;
};

const dialect = {
  bom: true,
  info: true,
  relax_column_count: true,
  relax_quotes: true,
  skip_empty_lines: true,
} as const;

type Parsed = { record: string[]; info: { lines: number } };

/**
 * Opens a CSV file (plain or gzip, told by its first bytes) and reads its header; the rows follow at the pace they are taken
 * at. Throws {@link Failure} when it cannot be opened, is not CSV, or lacks one of the `needed` columns.
 */
export async function openRows(
  file: string,
  needed: readonly string[],
  encoding?: Encoding,
): Promise<RowSource> {
  const handle = await open(file).catch((error: NodeJS.ErrnoException) => {
    throw new Failure(`Cannot read ${file}: ${error.code === 'ENOENT' ? 'no such file' : error.message}`);
  });
  const { size, isFile } = await kindOf(handle);
  if (!isFile) throw new Failure(`${file} is not a file`);
  const raw = handle.createReadStream({ start: 0 });
  // Errors need no callback: they reach whoever takes the rows.
  const bytes = (await isGzip(handle)) ? pipeline(raw, createGunzip(), ignored) : raw;
  const parser = pipeline(Readable.from(decoded(bytes, encoding)), parse(dialect), ignored);
  const records = parsed(parser as AsyncIterable<Parsed>, file);
  const columns = await headerOf(records, file, needed).catch((error: unknown) => {
    raw.destroy();
    throw error;
  });
  return { columns, rows: rowsOf(records, columns), bytes: size, bytesRead: () => raw.bytesRead };
}

async function headerOf(
  records: AsyncIterator<Parsed, void>,
  file: string,
  needed: readonly string[],
): Promise<string[]> {
  const first = await records.next();
  if (first.done) throw new Failure(`${file} is empty: its first line names the columns`);
  const columns = first.value.record.map((name) => name.trim());
  const missing = needed.filter((name) => !columns.includes(name));
  if (missing.length === 0) return columns;
  throw new Failure(
    `${file} has no column ${missing.join(', ')}. Its columns are: ${columns.join(', ').slice(0, 500)}\n` +
      'Choose the --profile it was written for; if the names look broken, name its --encoding.',
    2,
  );
}

async function* rowsOf(records: AsyncIterable<Parsed>, columns: string[]): AsyncGenerator<Row> {
  for await (const { record: values, info } of records) {
    const breaks = values.reduce((count, value) => count + value.split('\n').length - 1, 0);
    yield { line: info.lines - breaks, values, cells: cellsOf(values, columns) };
  }
}

function cellsOf(values: string[], columns: string[]): Cells | undefined {
  if (values.length !== columns.length) return undefined;
  const cells: Record<string, string> = {};
  for (const [index, column] of columns.entries()) cells[column] = values[index]?.trim() ?? '';
  return cells;
}

async function* parsed(parser: AsyncIterable<Parsed>, file: string): AsyncGenerator<Parsed, void> {
  try {
    yield* parser;
  } catch (error) {
    if (error instanceof CsvError) throw new Failure(`${file} is not readable as CSV: ${error.message}`);
    if ((error as NodeJS.ErrnoException).code?.startsWith('Z_')) {
      throw new Failure(`${file} is not a whole gzip file: ${(error as Error).message}`);
    }
    throw error;
  }
}

async function isGzip(handle: FileHandle): Promise<boolean> {
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(2), 0, 2, 0);
  return bytesRead === 2 && buffer[0] === 0x1f && buffer[1] === 0x8b;
}

async function kindOf(handle: FileHandle): Promise<{ size: number; isFile: boolean }> {
  const stat = await handle.stat();
  if (!stat.isFile()) await handle.close();
  return { size: stat.size, isFile: stat.isFile() };
}

const ignored = (): void => undefined;
