import { type Recorded, project } from '#event-sourcing';
import type { RequestEvent } from '#requests';
import type { EvidenceName } from './rates.measures.js';
import { ratesProjection } from './rates.projection.js';
import type { RatesRow } from './rates.row.js';

type Fact = keyof RatesRow;

const always: readonly Fact[] = ['logged_at', 'standing', 'closed_day'];

/** What a rate asks of a request. */
const asked: Record<Exclude<EvidenceName, 'returns'>, readonly Fact[]> = {
  response: ['words'],
  resolution: ['words'],
  satisfaction: ['words'],
  'on-time': ['due_at', 'resolved_at', 'paused_at'],
  resolved: ['resolved_at'],
  reopens: ['ever_resolved', 'reopened'],
  repeats: ['building', 'unit', 'category'],
};

/** The events that made a request what a rate takes it for: of every fact that it asks, the one that said so last. */
export function evidenceEvents(
  rate: EvidenceName,
  history: readonly Recorded<RequestEvent>[],
  unit: string | null,
): Recorded<RequestEvent>[] {
  const facts = rate === 'returns' ? always : [...always, 'lead' as const, ...asked[rate]];
  const said = new Map<Fact, Recorded<RequestEvent>>();
  const given = (of: RatesRow | undefined) =>
    rate === 'returns' && unit !== null ? of?.assignments[unit] : undefined;
  let row: RatesRow | undefined;
  for (const event of history) {
    const before = row;
    row = project<RatesRow, RequestEvent>(ratesProjection, row, event);
    for (const fact of facts) if (row?.[fact] !== before?.[fact]) said.set(fact, event);
    if (given(row) !== given(before)) said.set('assignments', event);
  }
  return history.filter((event) => [...said.values()].includes(event));
}
