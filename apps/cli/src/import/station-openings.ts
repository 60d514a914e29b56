import { LostRace, type Streams, eventId, fold } from '#event-sourcing';
import type { LoggedAt } from '#requests';
import {
  type StationEvent,
  type StationState,
  stationDecider,
  stationSchema,
  stationStream,
} from '#stations';
import { Failure } from '../failure.js';

/** The stations of one run: as they stand in the store, or opened there by the first row that names them. */
export class StationOpenings {
  /** Events appended by openings. */
  events = 0;
  private readonly known = new Map<string, Promise<LoggedAt>>();

  constructor(
    private readonly streams: Streams,
    private readonly origin: { run: string; profile: string },
  ) {}

  /** The station as it is in the store. Throws {@link Failure} when its days are days of another zone. */
  async opened(station: LoggedAt): Promise<LoggedAt> {
    let known = this.known.get(station.code);
    if (!known) {
      known = this.find(station);
      this.known.set(station.code, known);
    }
    return known;
  }

  private async find(station: LoggedAt): Promise<LoggedAt> {
    const state = await loadStation(this.streams, station.code);
    const found = state.status === 'unopened' ? await this.open(station) : state;
    if (found.timeZone !== station.timeZone) {
      throw new Failure(
        `Station ${station.code} keeps its days in ${found.timeZone}, the file in ${station.timeZone}`,
      );
    }
    const { code, name, community, street, district, timeZone } = found;
    return { code, name, community, street, district, timeZone };
  }

  private async open(station: LoggedAt): Promise<LoggedAt> {
    const stream = stationStream(station.code);
    const command = { type: 'OpenStation' as const, data: station };
    const events = stationDecider.decide(command, stationDecider.initialState).map((event, index) => ({
      ...event,
      id: eventId(stream, `import:${station.code}`, index),
      metadata: {
        $correlationId: this.origin.run,
        $causationId: this.origin.profile,
        actor: { subject: 'import', name: this.origin.profile, role: 'import', station: station.code },
        schema: stationSchema,
        commandHash: `import:${station.code}`,
      },
    }));
    try {
      await this.streams.append(stream, 'no_stream', events);
      this.events += events.length;
    } catch (error) {
      if (!(error instanceof LostRace)) throw error;
      return this.find(station); // somebody else has just opened it
    }
    return station;
  }
}

export const loadStation = async (streams: Streams, code: string): Promise<StationState> =>
  fold(stationDecider, await streams.read<StationEvent>(stationStream(code)));
