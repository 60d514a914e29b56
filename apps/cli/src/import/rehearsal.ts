import {
  type Appended,
  type DomainEvent,
  type EventToAppend,
  type ExpectedRevision,
  LostRace,
  type Recorded,
} from '#event-sourcing';
import type { Target } from './request-writer.js';

/** A target that only remembers what would have been written, by stream: some hundred bytes for each row. */
export class Rehearsal implements Target {
  private readonly written = new Map<string, string>();
  private position: bigint;

  private constructor(
    private readonly stored: Target | undefined,
    private readonly holdsRequests: boolean,
    private readonly start: bigint,
  ) {
    this.position = start;
  }

  /** `stored` is what is there already; nothing where there is no store yet. Without requests in it, none is looked for. */
  static async over(stored: Target | undefined, holdsRequests = true): Promise<Rehearsal> {
    return new Rehearsal(stored, holdsRequests, (await stored?.head())?.position ?? 0n);
  }

  async head(): Promise<{ position: bigint } | undefined> {
    return { position: this.start };
  }

  async read<Event extends DomainEvent>(stream: string): Promise<Recorded<Event>[]> {
    const id = this.written.get(stream);
    // Whoever rehearses asks only whose stream it is.
    if (id !== undefined) return [{ id, stream } as Recorded<Event>];
    if (!this.stored || (!this.holdsRequests && stream.startsWith('request-'))) return [];
    return this.stored.read<Event>(stream);
  }

  async append(stream: string, _: ExpectedRevision, events: EventToAppend[]): Promise<Appended> {
    const taken = (await this.read(stream)).length > 0;
    if (taken || this.written.has(stream)) throw new LostRace(stream);
    this.written.set(stream, events[0]?.id ?? '');
    this.position += 1n;
    return { revision: 0n, position: this.position };
  }
}
