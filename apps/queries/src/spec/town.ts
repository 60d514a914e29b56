import { localDay } from '#calendar';
import { type Metadata, eventId, fold } from '#event-sourcing';
import {
  type Handler,
  type LoggedAt,
  type RequestCommand,
  type RequestEvent,
  type Terms,
  requestDecider,
  requestId,
  requestStream,
} from '#requests';
import { type StationEvent, type StationPlace, stationDecider, stationStream } from '#stations';
import { InMemoryEventStore } from './in-memory-event-store.js';

export const property: Handler = { id: 'wuye', kind: 'property', name: '永丰物业' };
export const contractor: Handler = { id: 'gongcheng', kind: 'contractor', name: '施工队' };

type Logging = Extract<RequestCommand, { type: 'LogRequest' }>['data'];

const haidian: StationPlace = { community: '永丰社区', street: '学院路街道', district: '海淀区' };

/** Stations and requests whose lives are told by commands, through the deciders, with times of the teller's choosing. */
export class Town {
  readonly store = new InMemoryEventStore();
  private readonly stations = new Map<string, LoggedAt>();
  private told = 0;

  async open(code: string, place: Partial<StationPlace> = {}, timeZone = 'Asia/Shanghai'): Promise<void> {
    const opening = { code, name: `${code}驿站`, timeZone, ...haidian, ...place };
    this.stations.set(code, opening);
    const events = stationDecider.decide({ type: 'OpenStation', data: opening }, stationDecider.initialState);
    await this.append(stationStream(code), 'no_stream', events, '2026-01-01T00:00:00.000Z');
  }

  async rename(code: string, name: string): Promise<void> {
    const history = await this.store.read<StationEvent>(stationStream(code));
    const events = stationDecider.decide(
      { type: 'RenameStation', data: { name } },
      fold(stationDecider, history),
    );
    await this.append(
      stationStream(code),
      history.at(-1)?.revision ?? 'no_stream',
      events,
      '2026-11-22T00:00:00.000Z',
    );
  }

  /** Logs a request at the instant and gives its number; with terms it has deadlines. */
  async log(code: string, at: string, data: Partial<Logging> = {}, terms?: Terms): Promise<string> {
    const station = this.stations.get(code);
    if (!station) throw new Error(`${code} is not open`);
    const id = requestId(code, localDay(at, station.timeZone), `key ${this.told}`);
    const logging = { requestId: id, station, summary: '楼前结冰', channel: 'walk-in' as const, ...data };
    await this.act(id, at, { type: 'LogRequest', data: logging, terms });
    return id;
  }

  /** Carries commands out, all at the same instant. */
  async act(id: string, at: string, ...commands: RequestCommand[]): Promise<void> {
    for (const command of commands) {
      const history = await this.store.read<RequestEvent>(requestStream(id));
      const events = requestDecider.decide(command, fold(requestDecider, history));
      await this.append(requestStream(id), history.at(-1)?.revision ?? 'no_stream', events, at);
    }
  }

  /** The position of the last event. */
  get position(): bigint {
    return BigInt(this.store.all.length);
  }

  /** Appends what no decider would say. */
  async append(
    stream: string,
    expected: bigint | 'no_stream',
    events: { type: string; data: object }[],
    occurredAt: string,
  ): Promise<void> {
    this.told += 1;
    const key = `told ${this.told}`;
    const metadata: Metadata = {
      $correlationId: key,
      $causationId: key,
      actor: { subject: 'zls', name: '张连生', role: 'volunteer' },
      occurredAt,
      schema: 1,
      commandHash: key,
    };
    await this.store.append(
      stream,
      expected,
      events.map((event, index) => ({ ...event, id: eventId(stream, key, index), metadata })),
    );
  }
}
