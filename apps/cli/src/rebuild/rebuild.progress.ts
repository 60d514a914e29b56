import { Presets, SingleBar } from 'cli-progress';
import type { Projection } from '../session/caught-up.js';

export type RebuildProgress = { show: (projection: Projection) => void; end: () => void };

/** A bar on the terminal with events per second, as far as the present tables have come; nothing anywhere else. */
export function progressOf(terminal: NodeJS.WriteStream): RebuildProgress {
  if (!terminal.isTTY) return { show: () => undefined, end: () => undefined };
  const bar = new SingleBar(
    {
      format: '{bar} {percentage} % | {events} events | {rate} events/s',
      stream: terminal,
      hideCursor: true,
      fps: 5,
    },
    Presets.shades_classic,
  );
  bar.start(1, 0, { events: 0, rate: 0 });
  return {
    show: ({ position, rebuild }) => {
      const { events = 0, seconds = 0 } = rebuild ?? {};
      bar.setTotal(Math.max(1, Number(position)));
      bar.update(Math.max(0, Number(rebuild?.position ?? 0)), {
        events,
        rate: seconds > 0 ? Math.round(events / seconds) : 0,
      });
    },
    end: () => bar.stop(),
  };
}
