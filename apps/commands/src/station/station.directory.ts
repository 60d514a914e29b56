import { Injectable } from '@nestjs/common';
import { fold } from '#event-sourcing';
import { EventStore } from '#event-store';
import { Problem } from '#problems';
import { type StationEvent, type StationState, stationDecider, stationStream } from '#stations';

export type OpenedStation = Exclude<StationState, { status: 'unopened' }>;

const freshFor = 1_000; // milliseconds a closing or renaming may go unnoticed here

/** The stations as other aggregates' commands see them: read from their streams, remembered for a second. */
@Injectable()
export class StationDirectory {
  private readonly remembered = new Map<string, { until: number; station: Promise<OpenedStation> }>();

  constructor(private readonly store: EventStore) {}

  /** The station; rejects with the problem `unknown-station` where there is none. */
  find(code: string): Promise<OpenedStation> {
    const known = this.remembered.get(code);
    if (known && known.until > Date.now()) return known.station;
    const station = this.load(code);
    this.remembered.set(code, { until: Date.now() + freshFor, station });
    station.catch(() => this.forget(code));
    return station;
  }

  forget(code: string): void {
    this.remembered.delete(code);
  }

  private async load(code: string): Promise<OpenedStation> {
    const station = fold(stationDecider, await this.store.read<StationEvent>(stationStream(code)));
    if (station.status === 'unopened') throw new Problem('unknown-station', { station: code });
    return station;
  }
}
