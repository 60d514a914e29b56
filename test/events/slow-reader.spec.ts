import { once } from 'node:events';
import { type IncomingMessage, get } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { jest } from '@jest/globals';
import { Subscriber } from '../../apps/queries/src/spec/subscriber.js';
import { laidDown, manyCases } from '../import/written.fixture.js';
import { imported } from '../import/yizhan.process.js';
import { type StationProcess, endProcesses, startStation } from '../processes/station.process.js';
import { compiled } from '../reliability/compiled.js';

jest.setTimeout(300_000);

const fromTheBeginning = '/v1/events?from=beginning';
const cases = 5_000; // some 20 MB of events: more than the connection takes into its buffers

describe('a reader that takes nothing', () => {
  let station: StationProcess;
  let headers: { authorization: string };
  let all: string[];

  beforeAll(async () => {
    station = await startStation({
      nodeArgs: ['--import', compiled('../processes/variant.hook.js').href],
      env: {
        VARIANT: compiled('../events/short-patience.event-stream.js').href,
        VARIANT_OF: '/apps/queries/src/events/event-stream.js',
      },
    });
    headers = { authorization: `Bearer ${await station.token('analyst')}` };
    const file = await laidDown(station.home, 'many.csv', manyCases(cases));
    const { events } = await imported(station.home, 'casework', file);
    const quick = await Subscriber.connect(station.url + fromTheBeginning, headers);
    all = (await quick.first(events)).map(({ id }) => id);
    await quick.leave();
  });
  afterAll(endProcesses);

  const cutOff = async () => {
    const text = await (await fetch(`${station.url}/metrics`)).text();
    return /^yizhan_event_streams_cut_off_total\{why="slow"\} (\d+)$/m.exec(text)?.[1];
  };

  it('is cut off with its cursor on record, and goes on behind what it has, without gap or double', async () => {
    const [slow] = (await once(get(station.url + fromTheBeginning, { headers }), 'response')) as [
      IncomingMessage,
    ];
    while ((await cutOff()) !== '1') await sleep(100);
    const [, reached] = await station.writes(/cut off the subscriber test-analyst, too slow at (\S+): /);
    expect(all).toContain(reached);

    const had = idsIn(await rest(slow));
    expect(had.length).toBeGreaterThan(0);
    expect(had.length).toBeLessThan(all.length);
    const back = await Subscriber.connect(`${station.url}/v1/events`, {
      ...headers,
      'last-event-id': had.at(-1) as string,
    });
    const missed = await back.first(all.length - had.length);
    expect([...had, ...missed.map(({ id }) => id)]).toEqual(all);
    await back.leave();
  });
});

/** What was on its way when the connection was cut. */
async function rest(response: IncomingMessage): Promise<string> {
  let text = '';
  response.setEncoding('utf8').on('data', (more: string) => (text += more));
  await once(response, 'end').catch(() => undefined); // it was cut
  return text;
}

/** Of whole events: half a one is none. */
const idsIn = (text: string): string[] =>
  text
    .split('\n\n')
    .slice(0, -1)
    .flatMap((block) => (block.includes('\ndata:') ? (/^id: (\S+)$/m.exec(block)?.[1] ?? []) : []));
