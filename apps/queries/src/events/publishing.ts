import { Inject, Injectable } from '@nestjs/common';
import type { Locality } from '#access';
import type { Recorded } from '#event-sourcing';
import { Contract, publicEvent, structured } from '#public-events';
import { parseRequestId } from '#requests';
import { PUBLIC_URL } from './events.settings.js';
import { StationPlaces } from './station-places.js';

/** A public event, written once for all who follow. */
export type Published = {
  position: bigint;
  /** Without prefix and version: `request.assigned`. */
  name: string;
  /** Where it belongs; undefined where nobody opened a station of that code. */
  place: Locality | undefined;
  /** `event:` and `data:` of its message, the CloudEvent in structured mode. */
  text: string;
};

@Injectable()
export class Publishing {
  private readonly contract = new Contract();

  constructor(
    @Inject(PUBLIC_URL) private readonly schemas: string,
    private readonly places: StationPlaces,
  ) {}

  /** Throws where the event has no public shape or does not keep to its contract: nothing is ever left out. */
  async publish(event: Recorded): Promise<Published> {
    const published = publicEvent(event);
    this.contract.check(published);
    const { type, subject } = published;
    const station = event.stream.startsWith('station-') ? subject : parseRequestId(subject)?.station;
    return {
      position: event.position,
      name: type.split('.').slice(2, -1).join('.'),
      place: station === undefined ? undefined : await this.places.of(station),
      text: `event: ${type}\ndata: ${JSON.stringify(structured(published, this.schemas))}\n\n`,
    };
  }
}
