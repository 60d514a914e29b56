import { randomUUID } from 'node:crypto';
import type { StoredEvent } from '../../apps/cli/src/copy-events/stored.event.js';
import { Wire } from '../../apps/cli/src/copy-events/wire.js';

const bytes = (text: string): Buffer => Buffer.from(text);
const contents: Pick<StoredEvent, 'json' | 'metadata' | 'data'>[] = [
  {
    json: true,
    metadata: bytes('{"schema":1,"actor":{"name":"张连生"}}'),
    data: bytes('{"summary":"5号楼前路面结冰"}'),
  },
  { json: true, metadata: bytes(''), data: bytes('{ "exact": 12345678901234567890,\n "kept": 1.0 }') },
  { json: false, metadata: bytes('{}'), data: Buffer.from([0, 255, 254, 10]) },
  { json: true, metadata: Buffer.from([1, 2, 255]), data: bytes('"text"') },
  { json: true, metadata: bytes('{"recordedAt":"2022-03-01T05:00:00.000Z"}'), data: bytes('{}') },
];

function event(
  stream: string,
  revision: number,
  number: number,
  more: Partial<StoredEvent> = {},
): StoredEvent {
  const position = { commit: 0n, prepare: 0n };
  const content = contents[number % contents.length]!;
  return {
    stream,
    revision: BigInt(revision),
    id: randomUUID(),
    type: 'Noted',
    created: '',
    position,
    ...content,
    ...more,
  };
}

/** Fills a store with streams that take turns, with every kind of content, deleted, revived and ended ones; gives how many events were appended. */
export async function fillMixed(url: string, events: number): Promise<void> {
  const wire = new Wire(url);
  const next = new Map<string, number>();
  const append = async (stream: string, ...some: Partial<StoredEvent>[]): Promise<void> => {
    const first = next.get(stream) ?? 0;
    next.set(stream, first + some.length);
    const done = await wire.append(
      stream,
      some.map((more, index) => event(stream, first + index, first + index, more)),
    );
    if (!done) throw new Error(`${stream} is not where it was left`);
  };
  const metadata = (data: string) => ({
    type: '$metadata',
    json: true,
    metadata: bytes(''),
    data: bytes(data),
  });
  for (let number = 0; number < events; number += 3) {
    await append(`note-${number % 37}`, {}, {});
    await append(`note-${number % 11}`, {});
  }
  await append('$$note-1', metadata('{"$maxCount":5,"owner":"李敏"}'));
  await append('linked', { type: '$>', json: false, data: bytes('0@note-1') });
  await append('large', { data: bytes(`"${'冰'.repeat(200_000)}"`), json: true });
  await append('again', {}, {});
  await wire.softDelete('again');
  await append('again', {}); // and the store writes by itself that its events begin here
  await wire.softDelete('again');
  await append('gone', {}, {});
  await wire.softDelete('gone');
  await append('over', {});
  await wire.tombstone('over');
  await append('last', {});
  await wire.dispose();
}

/** Everything that is to be carried, in order; the time of the first recording apart, as readers see it. */
export async function contentOf(url: string): Promise<object[]> {
  const wire = new Wire(url);
  const all: object[] = [];
  for (let from: StoredEvent['position'] | undefined; ;) {
    const page = (await wire.page(from, 5_000)).filter(
      ({ position }) => !from || position.commit > from.commit,
    );
    if (page.length === 0) break;
    from = page.at(-1)!.position;
    all.push(...page.filter(({ stream }) => !/^\$($|[^$]|\$\$)/.test(stream)).map(plain));
  }
  await wire.dispose();
  return all;
}

function plain({ stream, revision, id, type, json, metadata, data, created }: StoredEvent): object {
  // A store gives ids of its own to what it writes by itself about a stream that was deleted.
  const own = type === '$streamDeleted' || (type === '$metadata' && /"\$tb"/.test(String(Buffer.from(data))));
  const fields = fieldsOf(metadata);
  const { recordedAt = created, ...rest } = (fields ?? {}) as { recordedAt?: string };
  const kept = fields ? JSON.stringify(rest) : Buffer.from(metadata).toString('hex');
  const dated = !own && fields !== undefined;
  return {
    at: `${revision}@${stream}`,
    id: own ? 'of the store' : id,
    type,
    json,
    data: Buffer.from(data).toString('hex'),
    metadata: own ? '' : kept,
    recordedAt: dated ? recordedAt : '',
  };
}

function fieldsOf(metadata: Uint8Array): object | undefined {
  if (metadata.length === 0) return {};
  try {
    return JSON.parse(Buffer.from(metadata).toString('utf8')) as object;
  } catch {
    return undefined;
  }
}
