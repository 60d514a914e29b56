import type { Recorded } from '#event-sourcing';
import { type DeadlineKind, deadlineKinds } from '#policies';
import type { Deadline } from './request.deadline.js';
import { meets, runs } from './request.runs.js';
import type { RequestEvent } from './request.events.js';
import { evolve, unlogged } from './request.state.js';

/** What became of a deadline. Times are ISO 8601 in UTC and say when something happened. */
export type DeadlineCourse = {
  deadline: Deadline;
  setAt: string;
  /** When it was met, or ended without (withdrawn, excluded …); null while it runs. */
  endedAt: string | null;
  met: boolean;
  /** What it was before, the first value first, since it last was met or ended: of acceptance also what others were held to. */
  earlier: { dueAt: string | null; setAt: string }[];
};

/** The last deadline of each kind that was set, and what became of it. */
export function deadlineCourses(history: readonly Recorded<RequestEvent>[]): DeadlineCourse[] {
  const courses = new Map<DeadlineKind, DeadlineCourse>();
  let state = unlogged;
  for (const event of history) {
    const before = state;
    state = evolve(state, event);
    if (event.type === 'DeadlineSet') {
      courses.set(event.data.kind, setAgain(courses.get(event.data.kind), event.data, event.occurredAt));
    }
    for (const [kind, course] of courses) {
      if (course.endedAt !== null || !runs[kind](before) || runs[kind](state)) continue;
      course.endedAt = event.occurredAt;
      course.met = meets[kind].includes(event.type);
    }
  }
  return deadlineKinds.flatMap((kind) => courses.get(kind) ?? []);
}

function setAgain(course: DeadlineCourse | undefined, deadline: Deadline, at: string): DeadlineCourse {
  const goesOn = course?.endedAt === null;
  const earlier = goesOn ? [...course.earlier, { dueAt: course.deadline.dueAt, setAt: course.setAt }] : [];
  return { deadline, setAt: at, endedAt: null, met: false, earlier };
}
