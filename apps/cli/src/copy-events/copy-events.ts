import { Failure } from '../failure.js';
import { timed } from '../figures.js';
import { type Progress, progressBar } from '../progress.bar.js';
import type { Session } from '../session/session.js';
import { carriedEvents } from './all.events.js';
import { type Comparison, compare } from './comparison.js';
import { copyEvents } from './copier.js';
import type { CopyEventsOptions } from './copy-events.command.js';
import { type CopyReport, said } from './copy-report.js';
import { openEnd } from './event-store.end.js';
import type { Position } from './stored.event.js';
import { Wire } from './wire.js';

/** Copies and compares, and says what was done. Throws {@link Failure}. */
export async function copyAll(
  session: Session,
  { from = 'home', to, json }: CopyEventsOptions,
): Promise<string> {
  const { environment, signal } = session;
  if (from === to) throw new Failure('--from and --to are the same event store', 2);
  await using closing = new AsyncDisposableStack();
  const ends: Wire[] = [];
  for (const [side, where] of [
    ['from', from],
    ['to', to],
  ] as const) {
    const end = await openEnd(where, side, environment);
    closing.defer(end.close);
    const wire = new Wire(end.url);
    closing.defer(() => wire.dispose());
    ends.push(wire);
  }
  const [source, target] = ends as [Wire, Wire];
  if (source.url === target.url) throw new Failure('--from and --to are the same event store', 2);
  const report = await move(source, target, signal);
  return json ? `${JSON.stringify(report)}\n` : said(report);
}

// The target is compared from its beginning: where it ends is where an earlier run stopped, and whatever it holds that is not
// the source's shows. Nothing else has to be remembered, so nothing can be remembered wrongly.
async function move(source: Wire, target: Wire, signal: AbortSignal): Promise<CopyReport> {
  const watch = await watching(source, signal);
  const before = await compared(source, target, watch('compared'));
  refuse(before, 'It was not written to: copy into an event store that holds nothing else.');
  const bar = watch('copied');
  const { result, seconds } = await timed(() =>
    copyEvents(source, target, before.until, { progress: bar.show, signal }),
  ).finally(bar.end);
  const after = await compared(source, target, watch('verified'));
  refuse(after, 'It is no copy: begin again with an event store that holds nothing.');
  if (after.equal < before.equal + result.events) {
    throw new Failure(
      `The target holds ${after.equal} events and acknowledged ${before.equal + result.events}.`,
    );
  }
  const newer = await countAfter(source, after.until);
  return { ...result, seconds, present: before.equal, equal: after.equal, newer };
}

type Watch = { show: (events: number, at: Position) => void; end: () => void };

/** Bars with events per second, on their way to where the source ends at this moment. */
async function watching(source: Wire, signal: AbortSignal): Promise<(verb: string) => Watch> {
  const head = Number(await source.head());
  return (verb) => {
    const bar: Progress = progressBar(`${verb} {events} events | {rate}/s`);
    const began = performance.now();
    return {
      show: (events, { commit }) => {
        signal.throwIfAborted();
        const rate = Math.round(events / ((performance.now() - began) / 1_000));
        bar.show(Number(commit), Math.max(head, Number(commit)), { events, rate });
      },
      end: bar.end,
    };
  };
}

async function compared(source: Wire, target: Wire, { show, end }: Watch): Promise<Comparison> {
  return compare(carriedEvents(source), carriedEvents(target), show).finally(end);
}

function refuse({ difference, equal }: Comparison, advice: string): void {
  if (!difference) return;
  const { target, source } = difference;
  const has = `${target.type} (revision ${target.revision} of ${target.stream})`;
  const due = source ? `${source.type} (revision ${source.revision} of ${source.stream})` : 'nothing more';
  throw new Failure(
    `After ${equal} events that are the same, the target has ${has} where the source has ${due}. ${advice}`,
  );
}

async function countAfter(source: Wire, position: Position | undefined): Promise<number> {
  let newer = 0;
  for await (const _ of carriedEvents(source, position)) newer += 1;
  return newer;
}
