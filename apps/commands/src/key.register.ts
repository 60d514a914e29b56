import { Injectable } from '@nestjs/common';
import { KeyReused, LostRace, eventId, nameId } from '#event-sourcing';
import { EventStore } from '#event-store';
import { requestSchema } from '#requests';
import type { Asked } from './asked.js';

/** Stored with the first use of a client's key for something new: its stream cannot say yet that the key was used. */
type KeyTaken = { type: 'KeyTaken'; data: { day: string } };

const keyStream = (key: string): string => `key-${nameId(key)}`;

/** The keys that clients chose where something is created: a key stands for one body, wherever that led. */
@Injectable()
export class KeyRegister {
  constructor(private readonly store: EventStore) {}

  async isTaken({ key, keyGiven }: Asked): Promise<boolean> {
    return keyGiven && (await this.store.read(keyStream(key))).length > 0;
  }

  /**
   * Gives the day (`yyyy-mm-dd`) of the key's first use: a number holds its day, and a client may retry after midnight.
   * Throws {@link KeyReused} when the first use was for another body.
   */
  async take({ key, keyGiven, metadata }: Asked, day: string): Promise<string> {
    if (!keyGiven) return day;
    const stream = keyStream(key);
    const taken: KeyTaken = { type: 'KeyTaken', data: { day } };
    // The day is part of the id: the store takes an append that repeats a known id for a retry, whatever it holds.
    const id = eventId(stream, `${metadata.commandHash}\n${day}`, 0);
    try {
      await this.store.append(stream, 'no_stream', [
        { ...taken, id, metadata: { ...metadata, schema: requestSchema } },
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
