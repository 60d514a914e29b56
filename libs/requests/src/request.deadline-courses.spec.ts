import { shippedCalendar } from '#calendar';
import { type Recorded, fold } from '#event-sourcing';
import { shippedPolicy } from '#policies';
import type { RequestCommand } from './request.commands.js';
import { deadlineCourses } from './request.deadline-courses.js';
import { requestDecider } from './request.decider.js';
import type { RequestEvent } from './request.events.js';
import { contractor, sampleCommands as say } from './request.samples.js';

const policy = { name: 'default@0', policy: shippedPolicy };
const utc = (local: string) => new Date(`${local}+08:00`).toISOString();

/** What became of a kind of deadline: how it stands, and what it was before, as local times. */
function courseOf(kind: string, ...steps: [RequestCommand, string][]) {
  const history: Recorded<RequestEvent>[] = [];
  for (const [command, local] of steps) {
    const at = utc(local);
    const termed = { ...command, terms: { at, policy, calendar: shippedCalendar } };
    const happened = requestDecider.decide(termed, fold(requestDecider, history));
    history.push(...happened.map((event) => ({ ...event, occurredAt: at }) as Recorded<RequestEvent>));
  }
  const course = deadlineCourses(history).find(({ deadline }) => deadline.kind === kind);
  return { dueAt: course?.deadline.dueAt, earlier: course?.earlier.map(({ dueAt }) => dueAt) };
}

const logged: [RequestCommand, string] = [say.LogRequest, '2026-11-23T10:00'];
const assigned: [RequestCommand, string] = [say.Assign, '2026-11-23T11:00'];
const toAnother: RequestCommand = { type: 'Assign', data: { to: contractor, makeLead: true } };

describe('the course of a deadline', () => {
  it('keeps what was to be accepted by when before another unit was asked', () => {
    expect(courseOf('acceptance', logged, assigned, [toAnother, '2026-11-23T12:00'])).toEqual({
      dueAt: utc('2026-11-24T12:00'),
      earlier: [utc('2026-11-24T10:00'), utc('2026-11-24T11:00')],
    });
    expect(courseOf('acceptance', logged, assigned, [say.Return, '2026-11-23T12:00']).earlier).toHaveLength(
      2,
    );
  });

  it('is a new one once that was met', () =>
    expect(
      courseOf(
        'acceptance',
        logged,
        assigned,
        [say.Accept, '2026-11-23T11:30'],
        [toAnother, '2026-11-23T12:00'],
      ),
    ).toEqual({ dueAt: utc('2026-11-24T12:00'), earlier: [] }));

  it('is a new one after a reopening', () =>
    expect(
      courseOf(
        'resolution',
        logged,
        assigned,
        [say.Resolve, '2026-11-23T12:00'],
        [say.Reopen, '2026-11-24T12:00'],
      ),
    ).toEqual({ dueAt: utc('2026-12-03T12:00'), earlier: [] }));
});
