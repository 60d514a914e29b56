import { status, type ServiceError } from '@grpc/grpc-js';
import { shared, streams } from './protocol.js';
import {
  identifier,
  propose,
  readStreamOptions,
  readToEnd,
  startRawNode,
  uuid,
  type RawNode,
} from './raw-client.fixture.js';

type Answer = { error: ServiceError | null; response?: streams.AppendResp };

const event = (fields?: Parameters<typeof propose>[1]) =>
  propose(new streams.AppendReq.ProposedMessage(), fields);

describe('the unary append', () => {
  let raw: RawNode;
  beforeAll(async () => (raw = await startRawNode()));
  afterAll(() => raw.stop());

  function append(
    stream: string | undefined,
    ...messages: streams.AppendReq.ProposedMessage[]
  ): Promise<Answer> {
    return new Promise((resolve) => {
      const call = raw.client.append((error, response) => resolve({ error, response }));
      call.on('error', () => undefined);
      if (stream !== undefined) {
        const options = new streams.AppendReq.Options()
          .setStreamIdentifier(identifier(stream))
          .setAny(new shared.Empty());
        call.write(new streams.AppendReq().setOptions(options));
      }
      for (const message of messages) call.write(new streams.AppendReq().setProposedMessage(message));
      call.end();
    });
  }
  it.each(['type', 'content-type'] as const)('refuses an event without its %s', async (without) => {
    const { error } = await append(`without-${without}`, event(), event({ without }));
    expect(error?.code).toBe(status.INVALID_ARGUMENT);
    expect(error?.metadata.get('exception')).toEqual(['missing-required-metadata-property']);
    expect(error?.metadata.get('required-metadata-properties')).toEqual(['type,content-type']);
    const { response } = await append(`without-${without}`, event());
    expect(response?.getSuccess()?.getCurrentRevision()).toBe('0');
  });

  it('ends at once when the append grows too large', async () => {
    const { error } = await append('large', event({ bytes: 600_000 }), event({ bytes: 600_000 }), event());
    expect(error?.metadata.get('exception')).toEqual(['maximum-append-size-exceeded']);
    expect(error?.metadata.get('maximum-append-size')).toEqual(['1048576']);
  });

  it.each(['', '$$'])('refuses the stream name %j', async (name) => {
    expect((await append(name, event())).error?.code).toBe(status.INVALID_ARGUMENT);
  });

  it('refuses an append without options', async () => {
    expect((await append(undefined, event())).error?.code).toBe(status.INVALID_ARGUMENT);
  });

  it('says of an append of nothing to nothing that there is no stream and no position', async () => {
    const success = (await append('empty')).response?.getSuccess();
    expect([success?.hasNoStream(), success?.hasNoPosition()]).toEqual([true, true]);
  });

  it('writes other content types as bytes', async () => {
    const message = event({ id: uuid() });
    message.getMetadataMap().set('content-type', 'text/plain');
    expect((await append('text', message)).error).toBeNull();
    const [read] = (await readToEnd(raw.client, readStreamOptions('text'))).responses;
    const written = read?.getEvent()?.getEvent();
    expect(written?.getMetadataMap().get('content-type')).toBe('application/octet-stream');
    expect(Buffer.from(written!.getData_asU8()).toString()).toBe('{}');
  });
});
