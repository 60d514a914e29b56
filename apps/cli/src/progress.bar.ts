import { Presets, SingleBar } from 'cli-progress';

export type Progress = { show: (done: number, total: number, more?: object) => void; end: () => void };

/** A bar on the terminal with the time left; nothing at all anywhere else. `format` may name what `show` gives it. */
export function progressBar(format: string, terminal: NodeJS.WriteStream = process.stderr): Progress {
  if (!terminal.isTTY) return { show: () => undefined, end: () => undefined };
  const bar = new SingleBar(
    {
      format: `{bar} {percentage} % | ${format} | {eta_formatted} left`,
      stream: terminal,
      hideCursor: true,
      etaBuffer: 200,
      fps: 5,
    },
    Presets.shades_classic,
  );
  let started = false;
  return {
    show: (done, total, more = {}) => {
      if (!started) bar.start(Math.max(total, 1), 0, more);
      started = true;
      bar.setTotal(Math.max(total, 1));
      bar.update(done, more);
    },
    end: () => bar.stop(),
  };
}
