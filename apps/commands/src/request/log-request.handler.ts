import { Command, CommandBus, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { KeyReused, LostRace, Rejection, StreamTaken, eventId, nameId } from '#event-sourcing';
import { EventStore } from '#event-store';
import { Problem } from '#problems';
import { type RequestCommand, requestId, requestSchema } from '#requests';
import type { Asked } from '../asked.js';
import { StationDirectory } from '../station/station.directory.js';
import { ExecuteRequestCommand, type RequestOutcome } from './request.handler.js';

type Logging = Omit<Extract<RequestCommand, { type: 'LogRequest' }>['data'], 'requestId' | 'station'>;

/** Gathers the station's facts and the request's number, then dispatches with them inside the command. */
export class LogRequestAtStation extends Command<{ id: string; outcome: RequestOutcome }> {
  constructor(
    readonly station: string,
    readonly logging: Logging,
    readonly asked: Asked,
    /** ISO 8601, UTC: when it was said. */
    readonly occurredAt: string | undefined,
  ) {
    super();
  }
}

/** Taken with the first use of a client's key, so that a retry finds its number the day after, too. */
type KeyTaken = { type: 'KeyTaken'; data: { day: string } };

const keyStream = (key: string): string => `key-${nameId(key)}`;

const derivations = 8;

@CommandHandler(LogRequestAtStation)
export class LogRequestHandler implements ICommandHandler<LogRequestAtStation> {
  constructor(
    private readonly bus: CommandBus,
    private readonly store: EventStore,
    private readonly directory: StationDirectory,
  ) {}

  async execute({ station: code, logging, asked, occurredAt }: LogRequestAtStation) {
    const found = await this.directory.find(code);
    if (found.status === 'closed' && !(await this.isRetry(asked))) {
      throw new Rejection('station-closed', { station: code });
    }
    const { name, community, street, district, timeZone } = found;
    const station = { code, name, community, street, district, timeZone };
    const day = await this.dayFor(asked, localDay(occurredAt ?? asked.now, timeZone));
    for (let derivation = 0; derivation < derivations; derivation += 1) {
      const id = requestId(code, day, asked.key, derivation);
      const command: RequestCommand = { type: 'LogRequest', data: { ...logging, requestId: id, station } };
      const metadata = { ...asked.metadata, schema: requestSchema, ...(occurredAt ? { occurredAt } : {}) };
      try {
        const execution = { command, key: asked.key, metadata, creates: true };
        return { id, outcome: await this.bus.execute(new ExecuteRequestCommand(id, execution)) };
      } catch (error) {
        if (!(error instanceof StreamTaken)) throw error; // another request has this number: take the next
      }
    }
    throw new Problem('conflict');
  }

  // What was answered before the station closed is answered again.
  private async isRetry({ key, keyGiven }: Asked): Promise<boolean> {
    return keyGiven && (await this.store.read(keyStream(key))).length > 0;
  }

  /** A number holds its day, and a client may retry after midnight: the first use of its key settles the day. */
  private async dayFor({ key, keyGiven, metadata }: Asked, day: string): Promise<string> {
    if (!keyGiven) return day;
    const stream = keyStream(key);
    const taken: KeyTaken = { type: 'KeyTaken', data: { day } };
    try {
      await this.store.append(stream, 'no_stream', [
        {
          ...taken,
          id: eventId(stream, metadata.commandHash, 0),
          metadata: { ...metadata, schema: requestSchema },
        },
      ]);
      return day;
    } catch (error) {
      if (!(error instanceof LostRace)) throw error;
    }
    const [first] = await this.store.read<KeyTaken>(stream);
    if (first?.metadata.commandHash !== metadata.commandHash) throw new KeyReused(key);
    return first.data.day;
  }
}

// Making one costs as much as the validation of a body; there are as many as there are zones.
const calendars = new Map<string, Intl.DateTimeFormat>();

/** `yyyy-mm-dd` in an IANA zone. */
export function localDay(instant: string, timeZone: string): string {
  const known = calendars.get(timeZone);
  const calendar = known ?? new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short' });
  if (!known) calendars.set(timeZone, calendar);
  return calendar.format(new Date(instant));
}
