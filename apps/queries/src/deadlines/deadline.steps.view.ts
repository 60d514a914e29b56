import { ApiProperty } from '@nestjs/swagger';
import type { Recorded } from '#event-sourcing';
import {
  type Deadline,
  type DeadlineStep,
  type Level,
  type RequestEvent,
  type RequestState,
  levels,
  stepsAhead,
} from '#requests';
import { type Words, moment } from './deadline.words.js';

const time = { type: String, format: 'date-time', example: '2026-11-22T02:30:00.000Z' } as const;

class StepWords {
  @ApiProperty({ example: '10月15日10:00升级至社区' }) readonly zh!: string;
  @ApiProperty({ example: 'escalated to the community 15 October 10:00' }) readonly en!: string;
}

export class DeadlineStepView {
  @ApiProperty({ enum: ['warn', 'escalate', 'supervise'], example: 'escalate' })
  readonly does!: DeadlineStep['does'];
  @ApiProperty({ enum: levels, nullable: true, example: 'community' }) readonly to!: Level | null;
  @ApiProperty({ ...time, description: 'When it is to be done.' }) readonly at!: string;
  @ApiProperty({ ...time, nullable: true, description: 'When it was done; null: not yet, or not any more.' })
  readonly takenAt!: string | null;
  @ApiProperty({ nullable: true, type: Number, example: 0, description: 'Seconds between the two.' })
  readonly lateBy!: number | null;
  @ApiProperty({ type: StepWords }) readonly explanation!: StepWords;
}

type Taken = { type: RequestEvent['type']; to: Level | null; lateBy: number; takenAt: string };

/** What is done by rule about the last deadline of a kind, with what became of it, in words. */
export function stepsView(
  { kind, dueAt, steps = [] }: Deadline,
  history: readonly Recorded<RequestEvent>[],
  state: RequestState,
): DeadlineStepView[] {
  const taken = history.flatMap((event) => takenBy(event, kind, dueAt));
  // A clock that stands still goes on one day.
  const ahead = stepsAhead({ ...state, paused: false }).filter((step) => step.kind === kind);
  return steps.map(({ does, to, at }) => {
    const done = taken.findLast((one) => one.type === events[does] && one.to === to);
    const when = moment(done?.takenAt ?? at, state.timeZone);
    const will = ahead.some((step) => step.does === does && step.to === to);
    return {
      does,
      to,
      at,
      takenAt: done?.takenAt ?? null,
      lateBy: done?.lateBy ?? null,
      explanation: done || will ? words(does, to, when, done !== undefined) : noMore(does, to),
    };
  });
}

const events = { warn: 'DeadlineNeared', escalate: 'Escalated', supervise: 'Supervised' } as const;

function takenBy(event: Recorded<RequestEvent>, kind: Deadline['kind'], dueAt: string | null): Taken[] {
  const { type, data, occurredAt: takenAt } = event;
  if (type !== 'DeadlineNeared' && type !== 'Escalated' && type !== 'Supervised') return [];
  const step = type === 'Escalated' ? data.deadline : data;
  if (!step || step.kind !== kind || step.dueAt !== dueAt) return [];
  const to = type === 'Escalated' ? data.to : type === 'Supervised' ? data.by : null;
  return [{ type, to, lateBy: step.lateBy, takenAt }];
}

const places: Record<Level, Words> = {
  station: { zh: '驿站', en: 'the station' },
  community: { zh: '社区', en: 'the community' },
  street: { zh: '街道', en: 'the street' },
  district: { zh: '区', en: 'the district' },
};

function words(does: DeadlineStep['does'], to: Level | null, when: Words, done: boolean): Words {
  const place = to === null ? { zh: '', en: '' } : places[to];
  const will = done ? { zh: '', en: '' } : { zh: '将', en: 'to be ' };
  switch (does) {
    case 'warn':
      return { zh: `${when.zh}${will.zh}预警`, en: `${will.en}warned of ${when.en}` };
    case 'escalate':
      return {
        zh: `${when.zh}${will.zh}升级至${place.zh}`,
        en: `${will.en}escalated to ${place.en} ${when.en}`,
      };
    case 'supervise':
      return {
        zh: `${when.zh}起${will.zh}由${place.zh}督办`,
        en: `${will.en}supervised by ${place.en} from ${when.en}`,
      };
  }
}

// The deadline was met or let go, or that level looks at it already.
function noMore(does: DeadlineStep['does'], to: Level | null): Words {
  const place = to === null ? { zh: '', en: '' } : places[to];
  switch (does) {
    case 'warn':
      return { zh: '不再预警', en: 'not warned of any more' };
    case 'escalate':
      return { zh: `不再升级至${place.zh}`, en: `not escalated to ${place.en} any more` };
    case 'supervise':
      return { zh: `不再由${place.zh}督办`, en: `not supervised by ${place.en} any more` };
  }
}
