import { Rejection, fold } from '#event-sourcing';
import type { RequestCommand } from './request.commands.js';
import { allowedCommands } from './request.allowed.js';
import { nextLevel, requestDecider, requestRejections } from './request.decider.js';
import { type RequestEvent, openStatuses } from './request.events.js';
import { lives, other, sampleCommands } from './request.samples.js';
import { requestTable } from './request.table.js';

// TakeIn, GiveBack and BringBack follow from another request's decision and are offered to nobody: see request.merging.spec.ts.
const offered = ({ type }: RequestCommand) => !['TakeIn', 'GiveBack', 'BringBack'].includes(type);

const cells = lives.flatMap(([status, history]) =>
  Object.values(sampleCommands)
    .filter(offered)
    .map((command) => [command.type, status, command, history] as const),
);

describe('the samples', () => {
  it.each(lives)('of a request that is %s lead there', (status, history) =>
    expect(fold(requestDecider, history).status).toBe(status),
  );

  it.each(Object.entries(sampleCommands))('of %s are named after it', (name, { type }) =>
    expect(type).toBe(name),
  );
});

describe('each command in each status', () => {
  it.each(cells.filter(([type, status]) => allowedCommands(status).includes(type)))(
    '%s when %s is carried out, or in effect',
    (type, _, command, history) => {
      const inEffect =
        ['Resume', 'Assign', 'RecomputeDeadlines'].includes(type) && answer(command, history) === false;
      expect(inEffect || answer(command, history)).toBe(true);
    },
  );

  it.each(cells.filter(([type, status]) => !allowedCommands(status).includes(type)))(
    '%s when %s is in effect, or refused with what is allowed',
    (_, status, command, history) => {
      const reason = status === 'unlogged' ? 'request-unknown' : `request-${status}`;
      const merged = status === 'merged' ? { mergedInto: other } : {};
      const details = { state: status, allowed: allowedCommands(status), ...merged };
      expect([false, new Rejection(reason, details)]).toContainEqual(answer(command, history));
      expect(requestRejections).toContain(reason);
    },
  );

  it('has something to do in every status but the ends', () =>
    expect(lives.map(([status]) => status).filter((status) => allowedCommands(status).length === 0)).toEqual([
      'withdrawn',
      'excluded',
    ]));

  it('lets open requests climb, up to the district', () => {
    expect(openStatuses.every((status) => allowedCommands(status).includes('Escalate'))).toBe(true);
    expect(nextLevel('district')).toBeUndefined();
  });
});

describe('the table of states × commands', () => {
  const lines = requestTable().split('\n');
  const row = (name: string) =>
    lines
      .map((line) =>
        line
          .split('|')
          .slice(1, -1)
          .map((cell) => cell.trim()),
      )
      .find(([first]) => first === name)
      ?.slice(1);

  it('has a column for each status', () => expect(row('')).toEqual(lives.map(([status]) => status)));

  it('has a row for each command', () => {
    for (const type of Object.keys(sampleCommands)) expect(row(type)).toHaveLength(lives.length);
  });

  it('names the events, says what is in effect, and leaves empty what is refused', () =>
    expect(row('Resolve')).toEqual([
      '',
      '',
      '',
      'Accepted, Resolved',
      'Resolved',
      '–',
      'Accepted, Resolved',
      '',
      '',
      '',
      '',
    ]));

  it('tells the answers apart that hang on more than the status', () => {
    expect(row('Assign')?.[3]).toBe('–');
    expect(row('Assign another')?.[3]).toBe('Assigned');
    expect(row('RecordCallback: no')?.[7]).toBe('Callback, Reopened');
    expect([row('Resume')?.[4], row('Resume when paused')?.[4]]).toEqual(['–', 'Resumed']);
  });

  it('is drawn with lines of one length', () =>
    expect(new Set(lines.map(({ length }) => length)).size).toBe(1));
});

/** Whether it makes events, or why not. */
function answer(command: RequestCommand, history: readonly RequestEvent[]): boolean | Rejection {
  try {
    return requestDecider.decide(command, fold(requestDecider, history)).length > 0;
  } catch (error) {
    if (error instanceof Rejection) return error;
    throw error;
  }
}
