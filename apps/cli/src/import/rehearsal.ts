import {
  type Appended,
  type DomainEvent,
  type EventToAppend,
  type ExpectedRevision,
  LostRace,
  type Recorded,
} from '#event-sourcing';
import type { Target } from './request-writer.js';

/**
 * A target that only remembers what would have been written, a number of 48 bits for each row: some fifty bytes. A number that
 * another case of the file has would be derived again, which changes no figure, and is not looked for.
 */
export class Rehearsal implements Target {
  private readonly written = new Set<number>();
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
    if (!this.stored || (!this.holdsRequests && stream.startsWith('request-'))) return [];
    return this.stored.read<Event>(stream);
  }

  async append(stream: string, _: ExpectedRevision, events: EventToAppend[]): Promise<Appended> {
    const id = shortened(events[0]?.id ?? '');
    // What is there already is answered with the success of then, as by the store.
    if (this.written.has(id)) return { revision: 0n, position: this.start };
    if ((await this.read(stream)).length > 0) throw new LostRace(stream);
    this.written.add(id);
    this.position += 1n;
    return { revision: 0n, position: this.position };
  }
}

// Ids derive from stream and key by SHA-1, and these digits are nothing else.
const shortened = (id: string): number => Number.parseInt(id.slice(-12), 16);
