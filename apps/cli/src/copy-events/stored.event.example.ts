import { type StoredEvent, END_OF_STREAM } from './stored.event.js';

/** Events for specs: `number` is the place in $all, and makes the id. */
export function stored(
  stream: string,
  revision: number,
  number: number,
  more: Partial<StoredEvent> = {},
): StoredEvent {
  return {
    stream,
    revision: BigInt(revision),
    id: `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`,
    type: 'Noted',
    json: true,
    metadata: Buffer.from('{"schema":1}'),
    data: Buffer.from(`{"number":${number}}`),
    created: new Date(1_700_000_000_000 + number).toISOString(),
    position: { commit: BigInt(number), prepare: BigInt(number) },
    ...more,
  };
}

export const ended = (stream: string, number: number): StoredEvent =>
  stored(stream, 0, number, {
    type: '$streamDeleted',
    revision: END_OF_STREAM,
    json: false,
    data: Buffer.alloc(0),
  });

export const described = (stream: string, revision: number, number: number, data: string): StoredEvent =>
  stored(`$$${stream}`, revision, number, {
    type: '$metadata',
    data: Buffer.from(data),
    metadata: Buffer.alloc(0),
  });

export async function* inOrder(...events: StoredEvent[]): AsyncGenerator<StoredEvent> {
  yield* events;
}
