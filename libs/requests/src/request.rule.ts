import type { RequestCommand } from './request.commands.js';
import type { RequestEvent, ThirdTime } from './request.events.js';

/** Who acts where nobody does: it stands in the history beside people's names, Chinese first. */
export type Rule = { subject: string; name: string };

/** A rule that waits for an event and needs nothing but what the request has been through up to it. */
export type CountingRule = Rule & {
  on: RequestEvent['type'];
  says: (history: readonly RequestEvent[]) => RequestCommand | undefined;
};

/**
 * The third, the sixth, the ninth time call the next level, and those in between nobody; once it is at the district, nobody
 * stands above.
 */
export const everyThird = (on: CountingRule['on'], rule: ThirdTime): Pick<CountingRule, 'on' | 'says'> => ({
  on,
  says(history) {
    const count = history.filter(({ type }) => type === on).length;
    if (count === 0 || count % 3 > 0) return undefined;
    return { type: 'EscalateByRule', data: { rule, count } };
  },
});
