import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { status, type ClientDuplexStream } from '@grpc/grpc-js';
import { Timestamp } from 'google-protobuf/google/protobuf/timestamp_pb.js';
import { empty, shared, streams } from './protocol.js';
import {
  identifier,
  propose,
  readStreamOptions,
  readToEnd,
  startRawNode,
  uuid,
  type RawNode,
} from './raw-client.fixture.js';

type Answer = { correlation: string; stream: string; error?: string; revision?: string };

describe('the batch call', () => {
  let raw: RawNode;
  let call: ClientDuplexStream<streams.BatchAppendReq, streams.BatchAppendResp>;
  let answers: Answer[];
  let ended: Promise<number>;

  beforeAll(async () => (raw = await startRawNode()));
  afterAll(() => raw.stop());
  beforeEach(() => {
    answers = [];
    call = raw.client.batchAppend();
    call.on('data', (response: streams.BatchAppendResp) => answers.push(read(response)));
    ended = new Promise((resolve) => {
      call.on('error', () => undefined);
      call.on('status', ({ code }: { code: number }) => resolve(code));
    });
  });
  afterEach(async () => {
    call.end();
    await ended;
  });

  async function answered(count: number): Promise<Answer[]> {
    while (answers.length < count) await wait(5);
    return answers;
  }
  it('answers each append once, under its correlation id and with its stream', async () => {
    const correlations = [randomUUID(), randomUUID(), randomUUID()];
    for (const correlation of correlations) call.write(message(correlation, `s-${correlation}`));
    await answered(3);
    await wait(50);
    expect(answers).toEqual(
      correlations.map((correlation) => ({ correlation, stream: `s-${correlation}`, revision: '0' })),
    );
  });

  it('puts appends together that come in turns', async () => {
    const [one, other] = [randomUUID(), randomUUID()];
    call.write(message(one, one, 2).setIsFinal(false));
    call.write(message(other, other, 1).setIsFinal(false));
    call.write(message(one, undefined, 2));
    call.write(message(other, undefined, 2));
    expect((await answered(2)).map(({ revision }) => revision)).toEqual(['3', '2']);
  });

  it('passes over messages of an append it does not know', async () => {
    call.write(message(randomUUID()));
    call.write(message(randomUUID(), 'known'));
    await answered(1);
    await wait(50);
    expect(answers.map(({ stream }) => stream)).toEqual(['known']);
  });

  it('refuses an append once and passes over the rest of it', async () => {
    const correlation = randomUUID();
    const large = message(correlation, 'large').setIsFinal(false);
    large.setProposedMessagesList([
      propose(new streams.BatchAppendReq.ProposedMessage(), { bytes: 1024 * 1024 }),
    ]);
    call.write(large);
    call.write(message(correlation, undefined).setIsFinal(false));
    call.write(message(correlation, undefined));
    await answered(1);
    await wait(50);
    expect(answers).toEqual([
      { correlation, stream: 'large', error: 'event_store.client.MaximumAppendSizeExceeded' },
    ]);
    expect((await readToEnd(raw.client, readStreamOptions('large'))).responses[0]?.hasStreamNotFound()).toBe(
      true,
    );
  });

  const broken: [what: string, spoil: (request: streams.BatchAppendReq) => unknown][] = [
    ['no stream name', (request) => request.getOptions()?.setStreamIdentifier(identifier(''))],
    ['the name $$', (request) => request.getOptions()?.setStreamIdentifier(identifier('$$'))],
    ['no stream at all', (request) => request.getOptions()?.setStreamIdentifier(undefined)],
    ['no type', (request) => respelled(request, { without: 'type' })],
    ['no content type', (request) => respelled(request, { without: 'content-type' })],
    ['an id that is no UUID', (request) => respelled(request, { id: uuid('7') })],
    ['an id of zeros', (request) => respelled(request, { id: uuid('00000000-0000-0000-0000-000000000000') })],
  ];
  it.each(broken)('refuses an append with %s', async (_what, spoil) => {
    const request = message(randomUUID(), 'broken');
    spoil(request);
    call.write(request);
    const [answer] = await answered(1);
    expect(answer?.error).toBe('event_store.client.BadRequest');
  });

  it('takes ids as two halves', async () => {
    const request = message(randomUUID(), 'halves');
    const halves = new shared.UUID.Structured().setMostSignificantBits('-1').setLeastSignificantBits('2');
    respelled(request, { id: new shared.UUID().setStructured(halves) });
    call.write(request);
    await answered(1);
    const { responses } = await readToEnd(raw.client, readStreamOptions('halves'));
    expect(responses[0]?.getEvent()?.getEvent()?.getId()?.getString()).toBe(
      'ffffffff-ffff-ffff-0000-000000000002',
    );
  });

  it('refuses an append whose deadline has passed', async () => {
    const request = message(randomUUID(), 'late');
    request.getOptions()?.setDeadline(Timestamp.fromDate(new Date(Date.now() - 1)));
    call.write(request);
    expect((await answered(1))[0]?.error).toBe('event_store.client.Timeout');
  });

  it('gives up an append that is not completed by its deadline', async () => {
    const correlation = randomUUID();
    const request = message(correlation, 'unfinished').setIsFinal(false);
    request.getOptions()?.setDeadline(Timestamp.fromDate(new Date(Date.now() + 200)));
    call.write(request);
    expect((await answered(1))[0]?.error).toBe('event_store.client.Timeout');
    call.write(message(correlation));
    await wait(50);
    expect(answers).toHaveLength(1);
  });

  it('gives up an append that is not completed within two seconds', async () => {
    const started = Date.now();
    call.write(message(randomUUID(), 'unfinished').setIsFinal(false));
    expect((await answered(1))[0]?.error).toBe('event_store.client.Timeout');
    expect(Date.now() - started).toBeGreaterThan(1900);
  });

  it('answers what is open when the client has said all, then ends well', async () => {
    for (let at = 0; at < 20; at++) call.write(message(randomUUID(), 'many'));
    call.write(message(randomUUID(), 'unfinished').setIsFinal(false));
    call.end();
    expect(await ended).toBe(status.OK);
    expect(answers.filter(({ error }) => error === undefined)).toHaveLength(20);
    expect(answers.filter(({ error }) => error === 'event_store.client.Timeout')).toHaveLength(1);
  });

  it('takes a message of more than 4 MiB to its end, and refuses the append for its size', async () => {
    const request = message(randomUUID(), 'huge');
    respelled(request, { bytes: 6 * 1024 * 1024 });
    call.write(request);
    expect((await answered(1))[0]?.error).toBe('event_store.client.MaximumAppendSizeExceeded');
  });

  it('ends the call for a message of more than 17 MiB, and nothing else', async () => {
    const request = message(randomUUID(), 'huge');
    respelled(request, { bytes: 18 * 1024 * 1024 });
    call.write(request);
    expect(await ended).toBe(status.RESOURCE_EXHAUSTED);
    expect((await readToEnd(raw.client, readStreamOptions('many'))).responses).toHaveLength(20);
  });
});

function message(correlation: string, stream?: string, events = 1): streams.BatchAppendReq {
  const request = new streams.BatchAppendReq().setCorrelationId(uuid(correlation)).setIsFinal(true);
  if (stream !== undefined) {
    const options = new streams.BatchAppendReq.Options().setStreamIdentifier(identifier(stream));
    request.setOptions(options.setAny(new empty.Empty()));
  }
  const proposed = Array.from({ length: events }, () =>
    propose(new streams.BatchAppendReq.ProposedMessage()),
  );
  return request.setProposedMessagesList(proposed);
}

function respelled(request: streams.BatchAppendReq, fields: Parameters<typeof propose>[1]): void {
  request.setProposedMessagesList([propose(new streams.BatchAppendReq.ProposedMessage(), fields)]);
}

function read(response: streams.BatchAppendResp): Answer {
  const error = response.getError()?.getDetails()?.getTypeName();
  const revision = response.getSuccess()?.getCurrentRevision();
  return {
    correlation: response.getCorrelationId()!.getString(),
    stream: Buffer.from(response.getStreamIdentifier()!.getStreamName_asU8()).toString(),
    ...(error !== undefined && { error }),
    ...(revision !== undefined && { revision }),
  };
}
