import { count, counted } from '../figures.js';
import type { Copied } from './copier.js';

export type CopyReport = Copied & {
  /** Seconds that the copying took, without the comparing. */
  seconds: number;
  /** Events that had been copied before. */
  present: number;
  /** Events that were found equal on both sides at the end: all of the target. */
  equal: number;
  /** Events that the source got while it was copied. */
  newer: number;
};

/** What was copied, for people. */
export function said({ events, undated, seconds, present, equal, newer }: CopyReport): string {
  const rate = count(Math.round(events / Math.max(seconds, 0.001)));
  const lines = [
    `Copied ${counted(events, 'event')} in ${seconds.toFixed(1)} s (${rate}/s); ${count(present)} had been copied before.`,
  ];
  lines.push(`Compared ${counted(equal, 'event')} on both sides: all the same.`);
  if (undated > 0)
    lines.push(
      `${counted(undated, 'event')} kept no time of the first recording: their metadata is no JSON object, or has no room left.`,
    );
  if (newer > 0) {
    lines.push(
      `The source has ${counted(newer, 'newer event')}: stop the station that writes there and run it again.`,
    );
  }
  return `${lines.join('\n')}\n`;
}
