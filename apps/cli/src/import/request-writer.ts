import {
  type DomainEvent,
  type Metadata,
  LostRace,
  type Recorded,
  type Streams,
  decideAll,
} from '#event-sourcing';
import { type LoggedAt, requestDecider, requestId, requestSchema, requestStream } from '#requests';
import type { Life } from './profile.js';

/** Where a run writes to, and how far that had come before. */
export type Target = Streams & { head: () => Promise<{ position: bigint } | undefined> };

/** Where a life stands in the file. */
export type Origin = {
  profile: string;
  /** `<file>:<line>`. */
  place: string;
  /** Fingerprint of the row. */
  hash: string;
};

const derivations = 64;

/** Writes the lives of one run, each with one append to a stream that must not exist yet. */
export class RequestWriter {
  private latest: bigint;

  private constructor(
    private readonly target: Target,
    private readonly run: string,
    private readonly before: bigint,
  ) {
    this.latest = before;
  }

  /** `run` is the correlation id of every event of this run. */
  static async start(target: Target, run: string): Promise<RequestWriter> {
    return new RequestWriter(target, run, (await target.head())?.position ?? 0n);
  }

  /** The number of events appended: 0 when the store has this case already. Two writes of one key must not overlap. */
  async write(life: Life, station: LoggedAt, origin: Origin): Promise<number> {
    const key = `${origin.profile}:${life.key}`;
    for (let derivation = 0; derivation < derivations; derivation += 1) {
      const id = requestId(station.code, life.day, key, derivation);
      const stream = requestStream(id);
      const events = decideAll(requestDecider, stream, key, this.commands(id, life, station, origin));
      try {
        const { position } = await this.target.append(stream, 'no_stream', events);
        return (await this.isOurs(position, stream, origin)) ? events.length : 0;
      } catch (error) {
        if (!(error instanceof LostRace)) throw error;
      }
      const [first] = await this.target.read(stream);
      // Ours where the answer to the first attempt was lost.
      if (first?.id === events[0]?.id) return this.wrote(first, origin) ? events.length : 0;
      // Another case has this number: take the next.
    }
    throw new Error(`no free number for ${key} at ${station.code} on ${life.day}`);
  }

  /**
   * The store answers an append that it has already with the success of then, so success alone does not tell. A position
   * beyond all that this run has seen is new; one from before the run is old; in between (a case twice in the file, or
   * answers out of order) the stored event says which row it came from.
   */
  private async isOurs(position: bigint, stream: string, origin: Origin): Promise<boolean> {
    if (position > this.latest) {
      this.latest = position;
      return true;
    }
    if (position > 0n && position <= this.before) return false;
    const [first] = await this.target.read(stream);
    return this.wrote(first, origin);
  }

  private wrote(first: Recorded<DomainEvent> | undefined, { place }: Origin): boolean {
    return first?.metadata?.$correlationId === this.run && first.metadata.$causationId === place;
  }

  private commands(id: string, life: Life, station: LoggedAt, { profile, place, hash }: Origin) {
    const metadata = (occurredAt: string): Metadata => ({
      $correlationId: this.run,
      $causationId: place,
      actor: { subject: 'import', name: life.by, role: 'import', station: station.code },
      occurredAt,
      schema: requestSchema,
      commandHash: hash,
    });
    const source = { system: profile, key: life.key };
    const log = { ...life.log, requestId: id, station, source };
    return [
      { command: { type: 'LogRequest' as const, data: log }, metadata: metadata(life.loggedAt) },
      ...life.steps.map(({ command, at }) => ({ command, metadata: metadata(at) })),
    ];
  }
}
