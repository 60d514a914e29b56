import { Injectable } from '@nestjs/common';
import { LostRace, type Metadata, eventId } from '#event-sourcing';
import { EventStore } from '#event-store';
import { requestSchema } from '#requests';

/** How far the log has been followed: everything up to there is done. */
type CaughtUpTo = { type: 'CaughtUpTo'; data: { position: string } };

const apart = 1_000n; // positions; nearer ones are not worth an event

/**
 * Where the policies go on after a restart, in a stream of its own. It may be behind, since they act once however often they are
 * asked; it is never ahead.
 */
@Injectable()
export class PolicyProgress {
  private readonly stream = 'reaction-requests';
  private last = 0n;

  constructor(private readonly store: EventStore) {}

  async read(): Promise<bigint | undefined> {
    const position = (await this.store.read<CaughtUpTo>(this.stream)).at(-1)?.data.position;
    this.last = position === undefined ? 0n : BigInt(position);
    return position === undefined ? undefined : this.last;
  }

  async reached(position: bigint): Promise<void> {
    if (position - this.last < apart) return;
    this.last = position;
    const expected = (await this.store.read(this.stream)).at(-1)?.revision ?? 'no_stream';
    const caughtUp: CaughtUpTo = { type: 'CaughtUpTo', data: { position: position.toString() } };
    const event = { ...caughtUp, id: eventId(this.stream, `${position}`, 0), metadata };
    await this.store.append(this.stream, expected, [event]).catch((error: unknown) => {
      if (!(error instanceof LostRace)) throw error; // another process has noted it
    });
  }
}

const metadata: Metadata = {
  $correlationId: 'policies',
  $causationId: 'policies',
  actor: { subject: 'yizhan', name: 'yizhan', role: 'policy' },
  schema: requestSchema,
  commandHash: 'caught-up',
};
