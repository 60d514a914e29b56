import { Presets, SingleBar } from 'cli-progress';
import type { Tally } from './importer.js';
import type { RowSource } from './row-source.js';

export type Progress = { show: (tally: Readonly<Tally>) => void; end: () => void };

/** A bar on the terminal with rows per second and the time left; nothing at all anywhere else. */
export function progressOf(
  source: Pick<RowSource, 'bytes' | 'bytesRead'>,
  terminal: NodeJS.WriteStream,
): Progress {
  if (!terminal.isTTY) return { show: () => undefined, end: () => undefined };
  const bar = new SingleBar(
    {
      format: '{bar} {percentage} % | {rows} rows | {rate} rows/s | {eta_formatted} left',
      stream: terminal,
      hideCursor: true,
      etaBuffer: 200,
      fps: 5,
    },
    Presets.shades_classic,
  );
  const began = performance.now();
  bar.start(Math.max(source.bytes, 1), 0, { rows: 0, rate: 0 });
  return {
    show: ({ rows }) => {
      if (rows % 100 !== 0) return;
      const seconds = (performance.now() - began) / 1_000;
      bar.update(source.bytesRead(), { rows, rate: Math.round(rows / seconds) });
    },
    end: () => bar.stop(),
  };
}
