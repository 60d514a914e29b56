import { status, type ServiceError } from '@grpc/grpc-js';
import { streams, shared } from './protocol.js';
import {
  identifier,
  propose,
  readAllOptions,
  readStreamOptions,
  readToEnd,
  startRawNode,
  type RawNode,
} from './raw-client.fixture.js';

describe('a stream name', () => {
  let raw: RawNode;
  beforeAll(async () => (raw = await startRawNode()));
  afterAll(() => raw.stop());

  function remove(name: string): Promise<ServiceError> {
    const options = new streams.DeleteReq.Options()
      .setStreamIdentifier(identifier(name))
      .setAny(new shared.Empty());
    return new Promise((resolve, reject) => {
      raw.client.delete(new streams.DeleteReq().setOptions(options), (error) =>
        error ? resolve(error) : reject(new Error('It was deleted.')),
      );
    });
  }

  function append(name: string, type: string): Promise<void> {
    return new Promise((resolve, reject) => {
      const call = raw.client.append((error) => (error ? reject(error) : resolve()));
      const options = new streams.AppendReq.Options()
        .setStreamIdentifier(identifier(name))
        .setAny(new shared.Empty());
      const message = propose(new streams.AppendReq.ProposedMessage());
      message.getMetadataMap().set('type', type);
      call.write(new streams.AppendReq().setOptions(options));
      call.write(new streams.AppendReq().setProposedMessage(message));
      call.end();
    });
  }

  it.each([
    ['plain', 'plain'],
    ['a 站', 'a %E7%AB%99'],
    ['\r\nexception: x', '%0D%0Aexception: x'],
    [' edges ', '%20edges%20'],
  ])('%j is told as %j in an error', async (name, told) => {
    const error = await remove(name);
    expect(error.code).toBe(status.FAILED_PRECONDITION);
    expect(error.metadata.get('exception')).toEqual(['wrong-expected-version']);
    expect(error.metadata.get('stream-name')).toEqual([told]);
  });

  it('leaves its events room to be read, or is refused', async () => {
    const longest = 15 * 1024 * 1024 - 10_000;
    expect((await remove('n'.repeat(longest))).code).toBe(status.FAILED_PRECONDITION);
    expect((await remove('n'.repeat(longest + 1))).code).toBe(status.INVALID_ARGUMENT);
  });

  it('and a type may have U+0000 in it', async () => {
    await append('a\0b', '\0type\0');
    const { responses } = await readToEnd(raw.client, readAllOptions());
    const last = responses.at(-1)?.getEvent()?.getEvent();
    expect(Buffer.from(last!.getStreamIdentifier()!.getStreamName_asU8()).toString()).toBe('a\0b');
    expect(last?.getMetadataMap().get('type')).toBe('\0type\0');
    expect((await readToEnd(raw.client, readStreamOptions('a\0b'))).responses).toHaveLength(1);
    const [other] = (await readToEnd(raw.client, readStreamOptions('a'))).responses;
    expect(other?.hasStreamNotFound()).toBe(true);
  });

  it.each([400, 100_000, 1_000_000])(
    'of %i characters is cut short, and the call still answered',
    async (length) => {
      const error = await remove('站'.repeat(length));
      expect(error.code).toBe(status.FAILED_PRECONDITION);
      expect(error.metadata.get('exception')).toEqual(['wrong-expected-version']);
      expect(error.metadata.get('stream-name')).toEqual(['%E7%AB%99'.repeat(300)]);
      expect((await readToEnd(raw.client, readStreamOptions('any'))).error).toBeUndefined();
    },
  );
});
