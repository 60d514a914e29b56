import { CqrsModule } from '@nestjs/cqrs';
import { Test } from '@nestjs/testing';
import type { Provider } from '@nestjs/common';
import { shippedCalendar } from '#calendar';
import { type DomainEvent, type ExpectedRevision, InMemoryStreams, eventId, fold } from '#event-sourcing';
import { EventStore } from '#event-store';
import { shippedPolicy } from '#policies';
import { InMemoryFeed } from '#read-store';
import { type RequestCommand, type RequestEvent, type Terms, requestDecider, requestStream } from '#requests';
import { stationDecider, stationStream } from '#stations';
import { RequestHandler } from '../request/request.handler.js';

export const station = {
  code: 'YFXJ',
  name: '幸福家园驿站',
  community: '翠湖社区',
  street: '永丰街道',
  district: '海淀区',
  timeZone: 'Asia/Shanghai',
};
export const property = { id: 'wuye', kind: 'property', name: '永丰物业' } as const;

/** Streams in memory, recorded at times of the teller's choosing, and the processes that read and append to them. */
export class Village extends InMemoryStreams {
  readonly feed = new InMemoryFeed(this.all);
  readonly subscribe = this.feed.subscribe.bind(this.feed);
  private told = 0;
  private readonly running: { close: () => Promise<void> }[] = [];

  /** `clock.now`: ISO 8601, UTC. */
  constructor(readonly clock: { now: string }) {
    super(() => clock.now);
  }

  override async append(...[stream, expected, events]: Parameters<InMemoryStreams['append']>) {
    const appended = await super.append(stream, expected, events);
    this.feed.add();
    return appended;
  }

  async say(id: string, command: RequestCommand): Promise<void> {
    const history = await this.read<RequestEvent>(requestStream(id));
    const events = requestDecider.decide(
      { ...command, terms: termsAt(this.clock.now) },
      fold(requestDecider, history),
    );
    await this.tell(requestStream(id), history.at(-1)?.revision ?? 'no_stream', events);
  }

  /** Appends what a volunteer did. */
  async tell(stream: string, expected: ExpectedRevision, events: readonly DomainEvent[]): Promise<void> {
    const key = `told ${(this.told += 1)}`;
    const metadata = {
      $correlationId: `conversation ${this.told}`,
      $causationId: key,
      actor: { subject: 'zls', name: '张连生', role: 'volunteer' },
      schema: 1,
      commandHash: key,
    };
    const stored = events.map((event, index) => ({ ...event, id: eventId(stream, key, index), metadata }));
    await this.append(stream, expected, stored);
  }

  open(opening = station): Promise<void> {
    const events = stationDecider.decide({ type: 'OpenStation', data: opening }, stationDecider.initialState);
    return this.tell(stationStream(opening.code), 'no_stream', events);
  }

  log(id: string, at = station): Promise<void> {
    return this.say(id, {
      type: 'LogRequest',
      data: { requestId: id, station: at, summary: '楼前结冰', channel: 'walk-in' },
    });
  }

  /** A process with the handler of commands, and whatever else is named. */
  async start(...providers: Provider[]) {
    const module = await Test.createTestingModule({
      imports: [CqrsModule.forRoot()],
      providers: [{ provide: EventStore, useValue: this }, RequestHandler, ...providers],
    }).compile();
    const started = await module.init();
    this.running.push(started);
    return started;
  }

  /** Ends every process that was started. */
  async end(): Promise<void> {
    await Promise.all(this.running.splice(0).map((process) => process.close()));
  }

  /** What a request has been through, without its deadlines. */
  async lifeOf(id: string) {
    const history = await this.read<RequestEvent>(requestStream(id));
    return history.filter(({ type }) => type !== 'DeadlineSet');
  }
}

const termsAt = (at: string): Terms => ({
  at,
  policy: { name: 'default@0', policy: shippedPolicy },
  calendar: shippedCalendar,
});
