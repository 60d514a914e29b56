import { ApiProperty } from '@nestjs/swagger';
import type { Principal } from '#access';
import { type WorkCalendar, dueAfter } from '#calendar';
import { fold, type Recorded } from '#event-sourcing';
import { type DeadlineKind, deadlineKinds } from '#policies';
import {
  type DeadlineCourse,
  type Derivation,
  type RequestEvent,
  type RequestState,
  deadlineCourses,
  holderClocks,
  lasted,
  pausesOf,
  requestDecider,
  stops,
} from '#requests';
import { HandlerView, handlerView } from '../request/handler.view.js';
import { DeadlineStepView, stepsView } from './deadline.steps.view.js';
import { explain } from './deadline.words.js';

const time = { type: String, format: 'date-time', example: '2026-11-22T02:30:00.000Z' } as const;
const maybeTime = { ...time, nullable: true } as const;

/**
 * `late`: met after it had passed; `ended`: nobody has to meet it any more; `none`: nothing is demanded. What had passed when
 * the request was paused is `overdue` all the same.
 */
export const deadlineStates = ['running', 'paused', 'overdue', 'met', 'late', 'ended', 'none'] as const;

class Explanation {
  @ApiProperty({
    example: '自9月30日10:00起5个工作日：10月1日至7日放假（国庆节），10月10日上班（调休），至10月13日10:00',
  })
  readonly zh!: string;
  @ApiProperty({
    example:
      '5 working days from 30 September 10:00: 1–7 October holiday, 10 October works, so 13 October 10:00',
  })
  readonly en!: string;
}

class EarlierDeadline {
  @ApiProperty(maybeTime) readonly dueAt!: string | null;
  @ApiProperty(time) readonly setAt!: string;
}

export class ExplainedDeadline {
  @ApiProperty({ enum: deadlineKinds, example: 'resolution' }) readonly kind!: DeadlineKind;
  @ApiProperty({ enum: deadlineStates, example: 'running' }) readonly state!: (typeof deadlineStates)[number];
  @ApiProperty(maybeTime) readonly dueAt!: string | null;
  @ApiProperty({ type: Explanation }) readonly explanation!: Explanation;
  @ApiProperty({ example: false, description: 'It reaches a year whose calendar is not published.' })
  readonly provisional!: boolean;
  @ApiProperty({
    ...maybeTime,
    description: 'While its clock stands still: when it would run out if it went on now.',
  })
  readonly ifResumedNow!: string | null;
  @ApiProperty({ ...maybeTime, description: 'When it was met, or ended without.' })
  readonly endedAt!: string | null;
  @ApiProperty({ nullable: true, type: String, example: '和平区@2' }) readonly policyVersion!: string | null;
  @ApiProperty({ nullable: true, type: String, example: 'default@1' }) readonly calendarVersion!:
    string | null;
  @ApiProperty(time) readonly setAt!: string;
  @ApiProperty({ type: [EarlierDeadline], description: 'What it was before, the first value first.' })
  readonly earlier!: EarlierDeadline[];
  @ApiProperty({
    type: Object,
    description:
      'From when, by which limit, what was skipped, the pauses; of which request, if it was merged into this one.',
    example: {},
  })
  readonly derivation!: Derivation;
  @ApiProperty({
    type: [DeadlineStepView],
    description: 'When it is warned of, who is called and who watches 预警、升级、督办.',
  })
  readonly steps!: DeadlineStepView[];
}

class HoldingView {
  @ApiProperty({ nullable: true, type: HandlerView, description: 'Null: the station that logged it.' })
  readonly holder!: HandlerView | null;
  @ApiProperty(time) readonly from!: string;
  @ApiProperty({ ...maybeTime, description: 'Null: still.' }) readonly to!: string | null;
  @ApiProperty(maybeTime) readonly acceptedAt!: string | null;
  @ApiProperty({ example: 3600 }) readonly seconds!: number;
}

export class DeadlinesView {
  @ApiProperty({ example: 'YFXJ-261122-7K3QX' }) readonly id!: string;
  @ApiProperty({ ...time, description: 'When this was answered: what is overdue is so then.' })
  readonly at!: string;
  @ApiProperty({ example: false, description: 'The clock stands still.' }) readonly paused!: boolean;
  @ApiProperty({
    type: [ExplainedDeadline],
    description: 'The last of each kind; none for a request logged without.',
  })
  readonly deadlines!: ExplainedDeadline[];
  @ApiProperty({ type: [HoldingView], description: 'Whose time it was, one after the other.' })
  readonly holdings!: HoldingView[];
  @ApiProperty({ example: 1, description: 'How often it was given back.' }) readonly returns!: number;
  @ApiProperty({
    example: 0,
    description: 'How often it came again to who had had it, from another (退单拉锯).',
  })
  readonly pingPongs!: number;
}

export function deadlinesView(
  id: string,
  history: Recorded<RequestEvent>[],
  calendar: WorkCalendar,
  at: string,
  caller: Principal,
): DeadlinesView {
  const state = fold(requestDecider, history);
  const { holdings, returns, pingPongs } = holderClocks(history);
  const pausing = history.findLast(({ type }) => type === 'ClockPaused');
  const pausedAt = state.paused ? (state.pausedAt ?? pausing?.occurredAt ?? null) : null;
  return {
    id,
    at,
    paused: state.paused,
    deadlines: deadlineCourses(history).map((course) => ({
      ...explained(course, state, pausedAt, calendar, at),
      steps: stepsView(course.deadline, history, state),
    })),
    holdings: holdings.map((holding) => ({
      ...holding,
      holder: holding.holder && handlerView(holding.holder, caller),
      seconds: Math.round(lasted(holding, at) / 1_000),
    })),
    returns,
    pingPongs,
  };
}

function explained(
  course: DeadlineCourse,
  state: RequestState,
  pausedAt: string | null,
  calendar: WorkCalendar,
  now: string,
): Omit<ExplainedDeadline, 'steps'> {
  const { deadline, setAt, endedAt, earlier } = course;
  const standing = endedAt === null && deadline.dueAt !== null && stops(pausedAt, deadline.dueAt);
  return {
    kind: deadline.kind,
    state: stateOf(course, standing, now),
    dueAt: deadline.dueAt,
    explanation: explain(deadline, state.timeZone, calendar),
    provisional: deadline.provisional,
    ifResumedNow: standing ? resumedNow(course, state, calendar, now) : null,
    endedAt,
    policyVersion: deadline.policyVersion,
    calendarVersion: deadline.calendarVersion,
    setAt,
    earlier,
    derivation: deadline.derivation,
  };
}

function stateOf(
  { deadline: { dueAt }, endedAt, met }: DeadlineCourse,
  standing: boolean,
  now: string,
): ExplainedDeadline['state'] {
  if (dueAt === null) return 'none';
  if (endedAt !== null && !met) return 'ended';
  if (endedAt !== null) return endedAt > dueAt ? 'late' : 'met';
  if (standing) return 'paused';
  return now > dueAt ? 'overdue' : 'running';
}

function resumedNow(
  { deadline: { kind, dueAt, derivation } }: DeadlineCourse,
  state: RequestState,
  calendar: WorkCalendar,
  now: string,
): string | null {
  if (derivation.by === 'source' || derivation.limit === null) return dueAt;
  const { from, limit, timeZone } = derivation;
  return dueAfter(calendar, timeZone, from, limit, pausesOf(kind, derivation, state, now)).dueAt;
}
