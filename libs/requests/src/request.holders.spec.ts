import * as fc from 'fast-check';
import type { Recorded } from '#event-sourcing';
import type { RequestEvent } from './request.events.js';
import { holderClocks, lasted } from './request.holders.js';
import {
  accepted,
  assigned,
  assignedTo,
  claimed,
  closed,
  contractor,
  logged,
  property,
  reopened,
  resolved,
  returned,
  returnedBy,
  withdrawn,
} from './request.samples.js';

const start = Date.parse('2026-11-22T00:00:00.000Z');
const at = (hour: number) => new Date(start + hour * 3_600_000).toISOString();
const happened = (event: RequestEvent, occurredAt: string) =>
  ({ ...event, occurredAt }) as Recorded<RequestEvent>;
/** The events an hour apart. */
const clocks = (...events: RequestEvent[]) =>
  holderClocks(events.map((event, hour) => happened(event, at(hour))));
const told = (...events: RequestEvent[]) =>
  clocks(...events).holdings.map(
    ({ holder, from, to }) => `${holder?.id ?? 'station'} ${from.slice(11, 13)}–${to?.slice(11, 13) ?? ''}`,
  );

describe('the time before acceptance', () => {
  it('is the station’s until a unit has it, then the unit’s', () =>
    expect(told(logged, assigned, accepted, resolved)).toEqual(['station 00–01', 'property-5 01–03']));

  it('is the station’s again after a return', () =>
    expect(told(logged, assigned, returned, assignedTo(contractor))).toEqual([
      'station 00–01',
      'property-5 01–02',
      'station 02–03',
      'contractor-2 03–',
    ]));

  it('ends with the acceptance, which is told', () => {
    const { holdings } = clocks(logged, assigned, accepted);
    expect(holdings.at(-1)).toEqual({ holder: property, from: at(1), to: null, acceptedAt: at(2) });
  });

  it('is nobody’s while the request is resolved, and the lead’s when it comes back', () =>
    expect(told(logged, assigned, accepted, resolved, closed, reopened)).toEqual([
      'station 00–01',
      'property-5 01–03',
      'property-5 05–',
    ]));
});

describe('a request that goes to and fro', () => {
  it('is counted when it comes again to who had it', () => {
    const there = [logged, assigned, returned, assignedTo(contractor), returnedBy(contractor), assigned];
    expect(clocks(...there)).toMatchObject({ returns: 2, pingPongs: 1 });
    expect(clocks(logged, assigned, assignedTo(contractor), assigned)).toMatchObject({
      returns: 0,
      pingPongs: 1,
    });
  });

  it('is not counted when it was given back and comes to the same unit again', () =>
    expect(clocks(logged, assigned, returned, assigned)).toMatchObject({ returns: 1, pingPongs: 0 }));
});

describe('the clocks of the holders', () => {
  const event = fc.constantFrom<RequestEvent>(
    assigned,
    assignedTo(contractor),
    accepted,
    returned,
    claimed,
    resolved,
    closed,
    reopened,
    withdrawn,
  );
  const lives = fc.array(fc.tuple(event, fc.integer({ min: 0, max: 500 })), { maxLength: 25 });

  it('sum to the age of the request, less the time it was done', () =>
    fc.assert(
      fc.property(lives, (steps) => {
        let now = 0;
        let done = 0;
        let open = true;
        const history = [happened(logged, at(0))];
        for (const [event, hours] of steps) {
          if (!open) done += hours;
          now += hours;
          history.push(happened(event, at(now)));
          open = openAfter(event, open);
        }
        const { holdings } = holderClocks(history);
        const sum = holdings.reduce((total, holding) => total + lasted(holding, at(now)), 0);
        expect(sum).toBe((now - done) * 3_600_000);
        for (const [index, { from }] of holdings.entries()) {
          if (index > 0) expect(from >= (holdings[index - 1]?.to ?? 'never')).toBe(true);
        }
      }),
    ));
});

// Told apart from the code under test: which events end somebody's work, and which begin it again.
function openAfter({ type }: RequestEvent, open: boolean): boolean {
  if (['Resolved', 'Closed', 'Withdrawn'].includes(type)) return false;
  return ['Assigned', 'Accepted', 'Returned', 'Claimed', 'Reopened'].includes(type) || open;
}
