import { minutes } from './day.js';
import type { Step } from './story.js';

const lastEntry = 21.5 * 60; // minutes into the day: whatever is played lies before this
const shanghai = 8 * 60; // minutes ahead of UTC; no summer time since 1991

/** The latest day in Shanghai (`yyyy-mm-dd`) that can be played as a whole without an entry in the future. */
export function dayToPlay(now: Date): string {
  return new Date(now.getTime() + (shanghai - lastEntry) * 60_000).toISOString().slice(0, 10);
}

/** When a step of the day happened, ISO 8601 in UTC; `undefined` means now. */
export function occurredAt(step: Pick<Step, 'at'>, day: string): string | undefined {
  if (step.at === 'now') return undefined;
  return new Date(Date.parse(`${day}T00:00:00+08:00`) + minutes(step) * 60_000).toISOString();
}
