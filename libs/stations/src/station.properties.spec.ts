import * as fc from 'fast-check';
import { Rejection, fold } from '#event-sourcing';
import { type StationCommand, stationDecider, stationRejections } from './station.decider.js';
import type { StationEvent } from './station.events.js';

const name = fc.constantFrom('驿站', '服务站', '活动室');
const facts = fc.record({
  code: fc.constant('YFXJ'),
  name,
  community: fc.constantFrom('翠湖社区', '幸福社区'),
  street: fc.constant('永丰街道'),
  district: fc.constant('海淀区'),
  timeZone: fc.constantFrom('Asia/Shanghai', 'America/New_York'),
});
const command: fc.Arbitrary<StationCommand> = fc.oneof(
  { weight: 3, arbitrary: facts.map((data) => ({ type: 'OpenStation' as const, data })) },
  { weight: 3, arbitrary: name.map((to) => ({ type: 'RenameStation' as const, data: { name: to } })) },
  { weight: 1, arbitrary: name.map((reason) => ({ type: 'CloseStation' as const, data: { reason } })) },
);

const always = (holds: (commands: StationCommand[]) => void) =>
  fc.assert(fc.property(fc.array(command, { maxLength: 20 }), holds), { numRuns: 500 });

/** The events that were made; `heard` is told of each command, what it made and the state it led to. */
function live(commands: StationCommand[], heard: (command: StationCommand, history: StationEvent[]) => void) {
  const history: StationEvent[] = [];
  for (const command of commands) {
    try {
      history.push(...stationDecider.decide(command, fold(stationDecider, history)));
      heard(command, history);
    } catch (error) {
      if (!(error instanceof Rejection)) throw error;
      expect(stationRejections).toContain(error.reason);
    }
  }
  return history;
}

describe('whatever is asked of a station', () => {
  it('is in effect as soon as it was carried out, or refused for a reason that is known', () =>
    always((commands) => {
      live(commands, (command, history) =>
        expect(stationDecider.decide(command, fold(stationDecider, history))).toEqual([]),
      );
    }));

  it('opens it once and closes it once', () =>
    always((commands) => {
      const types = live(commands, () => undefined).map(({ type }) => type);
      expect(types.filter((type) => type === 'StationOpened').length).toBeLessThanOrEqual(1);
      expect(types.filter((type) => type === 'StationClosed').length).toBeLessThanOrEqual(1);
    }));

  it('is stored as JSON and comes back the same', () =>
    always((commands) => {
      const history = live(commands, () => undefined);
      expect(JSON.parse(JSON.stringify(history))).toStrictEqual(history.map((event) => ({ ...event })));
    }));

  it('is told to the end, even in an order that no decider wrote', () =>
    fc.assert(
      fc.property(
        fc
          .array(command)
          .map((commands) => live(commands, () => undefined))
          .chain((events) => fc.shuffledSubarray(events)),
        (events) => {
          expect(() => fold(stationDecider, events)).not.toThrow();
        },
      ),
    ));
});
