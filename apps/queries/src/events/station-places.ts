import { Injectable } from '@nestjs/common';
import type { Locality } from '#access';
import { EventStore } from '#event-store';
import { type StationEvent, stationCode, stationStream } from '#stations';

/** Where stations are, from their own streams: an event of a station is never ahead of its opening there. */
@Injectable()
export class StationPlaces {
  // A station never moves. Unknown ones are asked for again: they may be opened any moment.
  private readonly known = new Map<string, Locality>();

  constructor(private readonly store: EventStore) {}

  async of(code: string): Promise<Locality | undefined> {
    const known = this.known.get(code);
    if (known || !stationCode.test(code)) return known;
    const [opened] = await this.store.read<StationEvent>(stationStream(code));
    if (opened?.type !== 'StationOpened') return undefined;
    const { community, street, district } = opened.data;
    const place = { station: code, community, street, district };
    this.known.set(code, place);
    return place;
  }
}
