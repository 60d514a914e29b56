import { LostRace, Rejection } from '#event-sourcing';
import { appends } from '#observability';

/** Counts what became of a command for `/metrics`; the outcome passes through. */
export async function counted<Outcome extends { events: unknown[] }>(
  category: 'request' | 'station' | 'policy' | 'calendar',
  work: Promise<Outcome>,
): Promise<Outcome> {
  try {
    const outcome = await work;
    appends.inc({ category, outcome: outcome.events.length > 0 ? 'appended' : 'nothing' });
    return outcome;
  } catch (error) {
    appends.inc({ category, outcome: failure(error) });
    throw error;
  }
}

function failure(error: unknown): string {
  if (error instanceof Rejection) return 'rejected';
  return error instanceof LostRace ? 'lost-race' : 'failed';
}
