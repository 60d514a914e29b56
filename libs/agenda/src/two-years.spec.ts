import { type WorkCalendar, shippedCalendar, wallClock, works } from '#calendar';
import { InMemoryStreams, execute, nameId, project } from '#event-sourcing';
import { shippedPolicy } from '#policies';
import {
  type RequestCommand,
  type RequestEvent,
  type StepTaken,
  type Terms,
  requestDecider,
  requestStream,
  stepName,
  whenDeadlinePassesThenEscalate as rule,
} from '#requests';
import { dueProjection } from './due.projection.js';
import type { DueRow } from './due.row.js';

const timeZone = 'Asia/Shanghai';
const hour = 3_600_000;
const station = {
  code: 'YFXJ',
  name: '幸福家园驿站',
  community: '翠湖社区',
  street: '永丰街道',
  district: '海淀区',
  timeZone,
};
const unit = { id: 'wuye', kind: 'property', name: '永丰物业' } as const;

/** Weekends on which one works instead of another day, as the State Council announced them. */
const makeUpDays = [
  ['2025-01-26', '2025-02-08', '2025-04-27', '2025-09-28', '2025-10-11'],
  ['2026-01-04', '2026-02-14', '2026-02-28', '2026-05-09', '2026-09-20', '2026-10-10'],
].flat();

/** A town that lives by a clock of its own: every day a request comes that nobody looks at. */
class Town {
  readonly streams: InMemoryStreams;
  readonly rows = new Map<string, DueRow>();
  readonly fired: { request: string; event: RequestEvent; at: string }[] = [];
  private clock = '';
  private seen = 0;

  constructor(private readonly calendar: WorkCalendar = shippedCalendar) {
    this.streams = new InMemoryStreams(() => this.clock);
  }

  /** Its resident is spoken to at once. */
  async log(request: string, at: string): Promise<void> {
    const data = { requestId: request, station, summary: '楼前结冰', channel: 'walk-in' as const };
    await this.say(request, { type: 'LogRequest', data, terms: this.termsAt(at) }, at, `log ${request}`);
    const reached = { reached: true, channel: 'phone', at } as const;
    await this.say(request, { type: 'ContactResident', data: reached }, at, `contact ${request}`);
  }

  async claim(request: string, at: string): Promise<void> {
    await this.say(request, { type: 'Claim', data: { by: unit } }, at, `claim ${request}`);
  }

  /** One look at the clock. */
  async tick(at: string): Promise<void> {
    const due = [...this.rows.values()]
      .filter(({ due_at }) => due_at !== null && due_at <= at)
      .sort((one, other) => (one.due_at ?? '').localeCompare(other.due_at ?? ''));
    for (const { id, steps } of due) {
      for (const step of steps.filter(({ from }) => from <= at)) {
        const events = await this.say(id, rule.says(step, at), at, nameId(`${id} ${stepName(step)}`));
        this.fired.push(...events.map((event) => ({ request: id, event, at })));
      }
    }
  }

  private async say(
    request: string,
    command: RequestCommand,
    at: string,
    key: string,
  ): Promise<RequestEvent[]> {
    this.clock = at;
    const metadata = {
      $correlationId: key,
      $causationId: key,
      actor: { subject: 'zls', name: '张连生', role: 'volunteer' },
      schema: 1,
      commandHash: key,
    };
    const execution = { stream: requestStream(request), command, key, metadata };
    const { events } = await execute(this.streams, requestDecider, execution);
    for (; this.seen < this.streams.all.length; this.seen += 1) this.project(this.seen);
    return events;
  }

  private project(index: number): void {
    const event = this.streams.all[index] as Parameters<typeof dueProjection.rowOf>[0];
    const id = dueProjection.rowOf(event);
    const row = project(dueProjection, this.rows.get(id), event);
    if (row) this.rows.set(id, row);
  }

  private termsAt(at: string): Terms {
    return { at, policy: { name: 'default@0', policy: shippedPolicy }, calendar: this.calendar };
  }
}

const instants = (from: string, to: string, apart: number): string[] =>
  Array.from({ length: (Date.parse(to) - Date.parse(from)) / apart }, (_, index) =>
    new Date(Date.parse(from) + index * apart).toISOString(),
  );
const days = instants('2025-01-01T02:00:00.000Z', '2026-12-01T02:00:00.000Z', 24 * hour);
const later = (at: string, hours: number) => new Date(Date.parse(at) + hours * hour).toISOString();
const numberOf = (at: string) => `YFXJ-${at.slice(2, 10).replaceAll('-', '')}-00000`;
const name = ({ event }: Pick<Town['fired'][number], 'event'>) =>
  event.type === 'Escalated'
    ? `call ${event.data.to}`
    : event.type === 'Supervised'
      ? `watch ${event.data.by}`
      : event.type;
const everyStep = [
  'DeadlineNeared',
  'call community',
  'call street',
  'watch street',
  'call district',
  'watch district',
];
const dayOf = (at: string) => wallClock(at, timeZone).day;

/** How many days of work there are after one day, up to another: counted one by one, past the code under test. */
const worked = (from: string, to: string): number =>
  instants(`${from}T12:00:00.000Z`, `${to}T12:00:00.000Z`, 24 * hour).filter((noon) =>
    works(shippedCalendar, new Date(Date.parse(noon) + 24 * hour).toISOString().slice(0, 10)),
  ).length;

describe('two years on a clock of their own', () => {
  const town = new Town();
  const lives = new Map<string, Town['fired']>();

  beforeAll(async () => {
    for (const at of days) {
      await town.log(numberOf(at), at);
      await town.claim(numberOf(at), at);
      for (const look of instants(at, later(at, 24), 6 * hour)) {
        await town.tick(look);
      }
    }
    for (const fired of town.fired) lives.set(fired.request, [...(lives.get(fired.request) ?? []), fired]);
  }, 120_000);

  // The last ones are still running when the clock stops.
  const whole = () => days.slice(0, -40).map((at) => [at, lives.get(numberOf(at)) ?? []] as const);

  it('take every step of every request once, in order', () => {
    for (const [at, life] of whole()) expect([at, life.map(name)]).toEqual([at, everyStep]);
  });

  it('are warned, called and watched on working days, make-up days among them', () => {
    const on = new Set(town.fired.map(({ event }) => dayOf(taken(event).at)));
    for (const day of makeUpDays) expect([day, on.has(day)]).toEqual([day, true]);
    for (const day of on) expect([day, works(shippedCalendar, day)]).toEqual([day, true]);
  });

  it('are seen to at the first look at the clock', () => {
    for (const { event, at } of town.fired) {
      const late = Date.parse(at) - Date.parse(taken(event).at);
      expect([at, late >= 0 && late < 6 * hour]).toEqual([at, true]);
      expect(taken(event).lateBy).toBe(Math.floor(late / 1_000));
    }
  });

  it('have the working days between the steps that the policy asks for', () => {
    for (const [at, life] of whole()) {
      const [warned, called, , watched, , district] = life.map(({ event }) => dayOf(taken(event).at));
      const between = [warned, called, watched, district].map((day) => worked(dayOf(at), day ?? ''));
      expect([at, between]).toEqual([at, [6, 7, 8, 10]]);
    }
  });
});

describe('two years in which nobody takes anything on', () => {
  it('are warned of and called for once a request, before and at the end of a day, on days off as well', async () => {
    const town = new Town();
    for (const at of days) {
      await town.log(numberOf(at), at);
      await town.tick(at);
      // Whoever was called takes on what came the day before.
      if (at > (days[0] ?? '')) await town.claim(numberOf(later(at, -24)), at);
      for (const look of instants(later(at, 4), later(at, 24), 4 * hour)) await town.tick(look);
    }
    for (const at of days.slice(0, -1)) {
      const life = town.fired.filter(
        ({ request, event }) => request === numberOf(at) && taken(event).kind === 'acceptance',
      );
      expect(life.map(({ event }) => [name({ event }), taken(event)])).toEqual(
        (
          [
            ['DeadlineNeared', 20],
            ['call community', 24],
          ] as const
        ).map(([step, hours]) => [
          step,
          { kind: 'acceptance', dueAt: later(at, 24), at: later(at, hours), lateBy: 0 },
        ]),
      );
    }
  }, 120_000);
});

describe('a station that stood still for three days', () => {
  it('takes each overdue step once when it is started again, in order, and says how late', async () => {
    const town = new Town();
    const [logged, back] = ['2026-11-23T02:00:00.000Z', '2026-12-10T02:00:00.000Z'];
    await town.log(numberOf(logged), logged);
    await town.claim(numberOf(logged), logged);
    await town.tick('2026-12-01T02:00:00.000Z');
    await town.tick(back);
    await town.tick(back);
    expect(town.fired.map(name)).toEqual(everyStep);
    expect(town.fired.map(({ event }) => taken(event).lateBy / 86_400)).toEqual([0, 8, 7, 7, 3, 3]);
  });
});

function taken({ type, data }: RequestEvent): StepTaken {
  if (type === 'Escalated' && data.deadline) return data.deadline;
  if (type === 'DeadlineNeared' || type === 'Supervised') return data;
  throw new Error(`${type} is no step of a deadline`);
}
