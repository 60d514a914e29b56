import { TOMBSTONE, type RecordedEvent } from './recorded-event.js';
import { bytesOf, varintSize, WireWriter } from './wire-writer.js';

/** What a read delivers: an event, or a link with its target (if that can be read), or a link alone. */
export type Delivered = { event?: RecordedEvent; link?: RecordedEvent };

const JSON_ENTRY = mapEntry('content-type', 'application/json');
const BINARY_ENTRY = mapEntry('content-type', 'application/octet-stream');
const UUID_FIELD = Buffer.from([0x0a, 0x26, 0x12, 0x24]);
const KEPT = 10_000;
const LONGEST_KEPT = 1_000; // characters
const streamFields = new Map<string, Buffer>();
const typeEntries = new Map<string, Buffer>();

/**
 * `ReadResp { event { event, link, commit_position } }`, written by hand: the generated code costs more than
 * all the rest of a read together. Field numbers are those of streams.proto.
 */
export function encodeDelivered({ event, link }: Delivered): Buffer {
  const eventSize = event ? recordSize(event) : -1;
  const linkSize = link ? recordSize(link) : -1;
  const position = (link ?? event)!.position;
  const size = fieldSize(eventSize) + fieldSize(linkSize) + 1 + varintSize(position);
  const writer = new WireWriter(1 + varintSize(size) + size);
  writer.byte(0x0a);
  writer.varint(size);
  if (event) writeRecord(writer, 0x0a, eventSize, event);
  if (link) writeRecord(writer, 0x12, linkSize, link);
  writer.byte(0x18);
  writer.varint(position);
  return writer.buffer;
}

function writeRecord(writer: WireWriter, tag: number, size: number, event: RecordedEvent): void {
  writer.byte(tag);
  writer.varint(size);
  writer.bytes(UUID_FIELD);
  writer.uuid(event.id);
  writer.bytes(streamField(event.stream));
  if (event.revision === TOMBSTONE) writer.bytes(TOMBSTONE_FIELD);
  else if (event.revision > 0) writer.field(0x18, event.revision);
  writer.field(0x20, event.position);
  writer.field(0x28, event.position);
  writer.bytes(typeEntry(event.type));
  writer.bytes(event.json ? JSON_ENTRY : BINARY_ENTRY);
  writer.bytes(CREATED_ENTRY);
  writer.ascii(createdTicks(event));
  if (event.metadata.length > 0) writer.chunk(0x3a, event.metadata);
  if (event.data.length > 0) writer.chunk(0x42, event.data);
}

function recordSize(event: RecordedEvent): number {
  const revision =
    event.revision === TOMBSTONE ? 10 : event.revision > 0 ? 1 + varintSize(event.revision) : 0;
  return (
    40 +
    streamField(event.stream).length +
    revision +
    2 * (1 + varintSize(event.position)) +
    typeEntry(event.type).length +
    (event.json ? JSON_ENTRY : BINARY_ENTRY).length +
    CREATED_ENTRY.length +
    TICKS_DIGITS +
    (event.metadata.length > 0 ? fieldSize(event.metadata.length) : 0) +
    (event.data.length > 0 ? fieldSize(event.data.length) : 0)
  );
}

function fieldSize(length: number): number {
  return length < 0 ? 0 : 1 + varintSize(length) + length;
}

// Revision 2^63 - 1 as field 3.
const TOMBSTONE_FIELD = Buffer.from([0x18, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f]);

// 100 ns since the Unix epoch, as decimal digits: 17 of them from the year 2001 to the year 2286.
const TICKS_DIGITS = 17;
const CREATED_ENTRY = mapEntry('created', ' '.repeat(TICKS_DIGITS)).subarray(0, -TICKS_DIGITS);

function createdTicks({ created }: RecordedEvent): string {
  return `${created}0000`.padStart(TICKS_DIGITS, '0');
}

function streamField(name: string): Buffer {
  return kept(streamFields, name, () => delimited(0x12, delimited(0x1a, Buffer.from(name))));
}

function typeEntry(type: string): Buffer {
  return kept(typeEntries, type, () => mapEntry('type', type));
}

function kept(cache: Map<string, Buffer>, key: string, make: () => Buffer): Buffer {
  if (key.length > LONGEST_KEPT) return make();
  const found = cache.get(key);
  if (found) return found;
  if (cache.size >= KEPT) cache.clear();
  // Copied out of the pool that small buffers share: a few bytes of it would keep all 64 KiB of theirs.
  const made = make();
  const own = Buffer.allocUnsafeSlow(made.length);
  made.copy(own);
  cache.set(key, own);
  return own;
}

// One entry of the map<string, string> in field 6.
function mapEntry(key: string, value: string): Buffer {
  return delimited(
    0x32,
    Buffer.concat([delimited(0x0a, Buffer.from(key)), delimited(0x12, Buffer.from(value))]),
  );
}

function delimited(tag: number, content: Buffer): Buffer {
  return Buffer.concat([Buffer.from([tag]), bytesOf(content.length), content]);
}
