import { setTimeout as sleep } from 'node:timers/promises';
import type { DomainEvent, EventToAppend, ExpectedRevision } from '#event-sourcing';
import { isUnreachable } from '#problems';
import { Failure } from '../failure.js';
import type { Target } from './request-writer.js';

const patience = 120_000; // milliseconds: a node may restart, a disk be busy with others
const longestPause = 5_000; // milliseconds

/**
 * A target that is asked again while it does not answer. An append whose answer was lost may be stored all the same: sent
 * again with the same event ids it is answered like the first time, so nothing doubles. An abort ends the patience.
 */
export function patient(target: Target, signal: AbortSignal, limit = patience): Target {
  const asking = async <Answer>(ask: () => Promise<Answer>): Promise<Answer> => {
    const until = Date.now() + limit;
    for (let pause = 100; ; pause = Math.min(2 * pause, longestPause)) {
      try {
        return await ask();
      } catch (error) {
        if (!isUnreachable(error)) throw error;
        if (signal.aborted || Date.now() + pause > until) throw new Failure(unanswered);
        await sleep(pause, undefined, { signal }).catch(() => undefined);
      }
    }
  };
  return {
    head: () => asking(() => target.head()),
    read: <Event extends DomainEvent>(stream: string) => asking(() => target.read<Event>(stream)),
    append: (stream: string, expected: ExpectedRevision, events: EventToAppend[]) =>
      asking(() => target.append(stream, expected, events)),
  };
}

const unanswered = 'The event store does not answer in time.';
