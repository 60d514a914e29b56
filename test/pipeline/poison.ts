import { randomUUID } from 'node:crypto';
import { EventStore, consistencyToken } from '#event-store';
import { requestId, requestSchema, requestStream } from '#requests';

/**
 * Stores an event of a known type that no projection can apply, what it is about is missing, and behind it in its stream one that
 * all of them can. `token`: of the second.
 */
export async function poison(eventStoreUrl: string): Promise<{ stream: string; token: string }> {
  const id = requestId('YFXJ', '2026-11-22', randomUUID());
  const stream = requestStream(id);
  const store = EventStore.connect(eventStoreUrl, 'as-stored');
  const actor = { subject: 's', name: 'n', role: 'volunteer' };
  const metadata = {
    $correlationId: '1',
    $causationId: '1',
    actor,
    schema: requestSchema,
    commandHash: 'h',
  };
  const whole = { ...nothingMissing, requestId: id };
  const events = [{ station: null }, whole].map((data) => ({
    id: randomUUID(),
    type: 'RequestLogged',
    data,
    metadata,
  }));
  const { position } = await store.append(stream, 'no_stream', events);
  await store.dispose();
  return { stream, token: consistencyToken({ stream, position }) };
}

const nothingMissing = {
  station: {
    code: 'YFXJ',
    name: 'YFXJ驿站',
    community: '永丰社区',
    street: '学院路街道',
    district: '海淀区',
    timeZone: 'Asia/Shanghai',
  },
  summary: '楼前结冰',
  details: null,
  category: null,
  place: { building: null, unit: null },
  resident: null,
  residentDistrict: null,
  channel: 'walk-in',
  paper: null,
  source: null,
};
