import { afternoon } from './afternoon.day.js';
import { before } from './before.day.js';
import type { Player } from './cast.js';
import { evening } from './evening.day.js';
import { midday } from './midday.day.js';
import { morning } from './morning.day.js';
import type { Scene, Step } from './story.js';

/** One day at two stations: some forty requests and what became of each. */
export const day: readonly Scene[] = [...before, ...morning, ...midday, ...afternoon, ...evening];

/** A step with its place in the story. The key makes playing it again answer with what was answered first. */
export type Beat = Step & { scene: string; key: string };

/** Every step of the day in the order in which it happened. */
export function beats(scenes: readonly Scene[]): Beat[] {
  return scenes
    .flatMap(({ name, steps }) =>
      steps.map((step, index) => ({ ...step, scene: name, key: `demo-${name}-${index}` })),
    )
    .sort((one, other) => minutes(one) - minutes(other)); // stable: what happens at once keeps its order
}

export const players = (scenes: readonly Scene[]): Player[] => [
  ...new Set(scenes.flatMap(({ steps }) => steps.map(({ by }) => by))),
];

/** Minutes since the midnight in which the played day began; `now` is after everything else. */
export function minutes({ at }: Pick<Step, 'at'>): number {
  if (at === 'now') return Number.MAX_SAFE_INTEGER;
  const [, before, hours, rest] = /^(-1 )?(\d\d):(\d\d)$/.exec(at) ?? [];
  return (before ? -24 * 60 : 0) + Number(hours) * 60 + Number(rest);
}
