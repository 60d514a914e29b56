import { status } from '@grpc/grpc-js';
import { shared, streams } from './protocol.js';
import {
  identifier,
  propose,
  readAllOptions,
  readStreamOptions,
  readToEnd,
  startRawNode,
  toEnd,
  uuid,
  type RawNode,
} from './raw-client.fixture.js';

const { ReadDirection } = streams.ReadReq.Options;
type Options = streams.ReadReq.Options;

const filter = () => new streams.ReadReq.Options.FilterOptions();
const prefix = (...prefixes: string[]) =>
  new streams.ReadReq.Options.FilterOptions.Expression().setPrefixList(prefixes);
const subscription = () => new streams.ReadReq.Options.SubscriptionOptions();
const matching = () =>
  readAllOptions()
    .setFilter(filter().setEventType(prefix('a')))
    .setCount('1');

describe('the read call', () => {
  let raw: RawNode;
  beforeAll(async () => {
    raw = await startRawNode();
    for (const type of ['a', 'b', 'a', 'b']) await write('letters', type);
  });
  afterAll(() => raw.stop());

  function write(stream: string, type: string): Promise<void> {
    return new Promise((resolve, reject) => {
      const call = raw.client.append((error) => (error ? reject(error) : resolve()));
      const options = new streams.AppendReq.Options()
        .setStreamIdentifier(identifier(stream))
        .setAny(new shared.Empty());
      const message = propose(new streams.AppendReq.ProposedMessage(), { id: uuid() });
      message.getMetadataMap().set('type', type);
      call.write(new streams.AppendReq().setOptions(options));
      call.write(new streams.AppendReq().setProposedMessage(message));
      call.end();
    });
  }
  async function types(options: Options): Promise<string[]> {
    const { responses } = await readToEnd(raw.client, options);
    return responses.map(
      (response) => response.getEvent()?.getEvent()?.getMetadataMap().get('type') ?? 'other',
    );
  }

  const refused: [what: string, options: () => Options][] = [
    ['that does not say how to write UUIDs', () => readAllOptions().setUuidOption(undefined)],
    ['of nothing', () => readAllOptions().setAll(undefined)],
    ['without a stream name', () => readStreamOptions('')],
    ['of the stream $$', () => readStreamOptions('$$')],
    [
      'of a stream with a filter',
      () => readStreamOptions('letters').setFilter(filter().setEventType(prefix('a'))),
    ],
    [
      'that subscribes backwards',
      () => readAllOptions().setSubscription(subscription()).setReadDirection(ReadDirection.BACKWARDS),
    ],
    ['with a filter for nothing', () => readAllOptions().setFilter(filter())],
    [
      'that subscribes without a checkpoint interval',
      () =>
        readAllOptions()
          .setSubscription(subscription())
          .setFilter(filter().setEventType(prefix('a'))),
    ],
  ];
  it.each(refused)('refuses a read %s', async (_what, options) => {
    expect((await readToEnd(raw.client, options())).error?.code).toBe(status.INVALID_ARGUMENT);
  });

  it('refuses a read without options, with neither count nor subscription, and that is silent on filters', async () => {
    const silent = readAllOptions();
    silent.clearNoFilter();
    const endless = readAllOptions();
    endless.clearCount();
    expect((await readToEnd(raw.client, silent)).error?.code).toBe(status.INVALID_ARGUMENT);
    expect((await readToEnd(raw.client, endless)).error?.code).toBe(status.INVALID_ARGUMENT);
    const { error } = await toEnd(raw.client.read(new streams.ReadReq()));
    expect(error?.code).toBe(status.INVALID_ARGUMENT);
  });

  it('gives nothing of a stream forwards from its end', async () => {
    const options = readStreamOptions('letters');
    options.getStream()?.setEnd(new shared.Empty());
    expect(await readToEnd(raw.client, options)).toEqual({ responses: [] });
  });

  it('filters a counted read of $all, either way, counting what matches', async () => {
    expect(await types(matching())).toEqual(['a']);
    expect(await types(matching().setReadDirection(ReadDirection.BACKWARDS))).toEqual([]);
    const backwards = matching().setReadDirection(ReadDirection.BACKWARDS).setCount('9');
    backwards.getAll()?.setEnd(new shared.Empty());
    expect(await types(backwards)).toEqual(['a', 'a']);
  });

  it('gives nothing for a count of 0', async () => {
    expect(await types(readAllOptions().setCount('0'))).toEqual([]);
    expect(await types(readStreamOptions('letters').setCount('0'))).toEqual([]);
  });

  it('takes any position there can be', async () => {
    const options = readAllOptions();
    const position = new streams.ReadReq.Options.Position().setCommitPosition('18446744073709551615');
    options.getAll()?.setPosition(position.setPreparePosition('18446744073709551615'));
    expect(await types(options)).toEqual([]);
    expect(await types(options.setReadDirection(ReadDirection.BACKWARDS).setCount('1'))).toEqual(['b']);
  });

  it('keeps the streams of EventStoreDB itself out of $all', async () => {
    await write('$epoch-information', 'hidden');
    await write('$persistentsubscription-$all::group-checkpoint', 'hidden');
    expect(await types(readAllOptions())).not.toContain('hidden');
    expect(await types(readStreamOptions('$epoch-information'))).toEqual(['hidden']);
  });

  it('keeps them from a subscription to $all as well', async () => {
    await write('$epoch-information', 'hidden');
    const call = raw.client.read(
      new streams.ReadReq().setOptions(readAllOptions().setSubscription(subscription())),
    );
    const seen: (string | undefined)[] = [];
    call.on('error', () => undefined);
    await new Promise<void>((resolve) => {
      call.on('data', (response: streams.ReadResp) => {
        if (response.hasCaughtUp()) resolve();
        seen.push(response.getEvent()?.getEvent()?.getMetadataMap().get('type'));
      });
    });
    call.cancel();
    expect(seen).toContain('a');
    expect(seen).not.toContain('hidden');
  });

  it('subscribes beyond the end, and passes over what comes before it', async () => {
    await write('beyond', '0');
    const backwards = readAllOptions().setReadDirection(ReadDirection.BACKWARDS).setCount('1');
    backwards.getAll()?.setEnd(new shared.Empty());
    const [last] = (await readToEnd(raw.client, backwards)).responses;
    const beyond = String(Number(last?.getEvent()?.getCommitPosition()) + 2);
    const options = readAllOptions().setSubscription(subscription());
    const position = new streams.ReadReq.Options.Position().setCommitPosition(beyond);
    options.getAll()?.setPosition(position.setPreparePosition(beyond));
    const call = raw.client.read(new streams.ReadReq().setOptions(options));
    const seen: (string | undefined)[] = [];
    call.on('error', () => undefined);
    await new Promise<void>((resolve) => {
      call.on('data', (response: streams.ReadResp) => {
        if (response.hasEvent()) seen.push(response.getEvent()?.getEvent()?.getMetadataMap().get('type'));
        if (response.hasCaughtUp())
          void ['1', '2', '3', '4'].reduce(
            (before, type) => before.then(() => write('beyond', type)),
            Promise.resolve(),
          );
        if (seen.length === 2) resolve();
      });
    });
    call.cancel();
    expect(seen).toEqual(['3', '4']);
  });

  it('takes a regular expression before prefixes', async () => {
    const both = prefix('a').setRegex('^b$');
    expect(await types(readAllOptions().setFilter(filter().setEventType(both)))).toEqual(['b', 'b']);
  });

  it('confirms a subscription first, then delivers, then says that it has caught up', async () => {
    const options = readStreamOptions('letters').setSubscription(subscription());
    const call = raw.client.read(new streams.ReadReq().setOptions(options));
    const cases: number[] = [];
    call.on('error', () => undefined);
    await new Promise<void>((resolve) => {
      call.on('data', (response: streams.ReadResp) => {
        if (cases.push(response.getContentCase()) === 6) resolve();
      });
    });
    call.cancel();
    const { CONFIRMATION, EVENT, CAUGHT_UP } = streams.ReadResp.ContentCase;
    expect(cases).toEqual([CONFIRMATION, EVENT, EVENT, EVENT, EVENT, CAUGHT_UP]);
  });

  it('gives up a regular expression that would stop the node', async () => {
    await write('long', `${'a'.repeat(80)}!`);
    const expression = new streams.ReadReq.Options.FilterOptions.Expression().setRegex('^(a+)+$');
    const { error } = await readToEnd(
      raw.client,
      readAllOptions().setFilter(filter().setEventType(expression)),
    );
    expect(error?.code).toBe(status.INVALID_ARGUMENT);
    expect(error?.details).toMatch(/takes too long: simplify it/);
    expect(await types(readStreamOptions('letters'))).toHaveLength(4);
  });
});
