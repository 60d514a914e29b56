import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { clientOf, knowing } from '../http/client.js';
import { openEventLog } from '../http/event-log.js';
import { endProcesses, startStation, type StationProcess } from '../processes/station.process.js';

type Demo = {
  url: string;
  docs: string;
  stations: { code: string; district: string }[];
  tokens: Record<string, string>;
};

let demo: StationProcess;
let seconds: number;
beforeAll(async () => {
  const began = performance.now();
  demo = await startStation({ app: 'demo' });
  await demo.writes(/Ctrl-C/);
  seconds = (performance.now() - began) / 1000;
  process.stderr.write(`first start of the demonstration: ${seconds.toFixed(1)} s\n`);
}, 300_000);
afterAll(endProcesses);

const file = async () => JSON.parse(await readFile(join(demo.home, 'demo.json'), 'utf8')) as Demo;
const playbill = async (home: string) =>
  JSON.parse(await readFile(join(home, 'demo-day.json'), 'utf8')) as { day: string; played: boolean };
const ends = async (): Promise<string> => {
  const log = openEventLog(await demo.eventStoreUrl());
  const head = await log.head();
  await log.dispose();
  return head;
};

describe('the demonstration', () => {
  // Ten are promised on two cores that do nothing else; here others may run beside it.
  it('is there soon, its whole day played', () => expect(seconds).toBeLessThan(90));

  it('prints its address, the documentation and a token for each role, and writes the same for scripts', async () => {
    const { url, docs, tokens, stations } = await file();
    expect([url, docs]).toEqual([demo.url, `${demo.url}/docs`]);
    expect(Object.keys(tokens).sort()).toEqual(
      ['volunteer', 'coordinator', 'supervisor', 'handler', 'auditor', 'analyst', 'admin'].sort(),
    );
    for (const said of [url, docs, ...Object.values(tokens)]) expect(demo.output()).toContain(said);
    expect(new Set(stations.map(({ district }) => district)).size).toBe(1);
    expect(stations).toHaveLength(2);
    expect((await stat(join(demo.home, 'demo.json'))).mode & 0o077).toBe(0);
  });

  it('has forty-odd requests, and every token works', async () => {
    const { url, tokens } = await file();
    const client = clientOf(url);
    const page = await client.get('/v1/requests?limit=200', { as: tokens['supervisor'] });
    const items = page.body['items'] as { status: string; station: { code: string } }[];
    expect(items.length).toBeGreaterThanOrEqual(40);
    expect(items.length).toBeLessThanOrEqual(50);
    expect(new Set(items.map(({ station }) => station.code)).size).toBe(2);
    expect(new Set(items.map(({ status }) => status)).size).toBeGreaterThanOrEqual(6);
    for (const [role, as] of Object.entries(tokens)) {
      const { status } = await client.get('/v1/requests?limit=1', { as });
      expect([role, status]).toEqual([role, role === 'admin' ? 403 : 200]);
    }
  });

  it('plays nothing twice on the same home', async () => {
    const head = await ends();
    expect(await demo.stop('SIGINT')).toBe(0);
    demo = await startStation({ app: 'demo', home: demo.home });
    await demo.writes(/Ctrl-C/);
    expect(await ends()).toBe(head);
    expect((await file()).url).toBe(demo.url);
  }, 300_000);
});

describe('the demonstration that is ended in the middle of its day', () => {
  it('ends in order, and when it is started again the same day becomes whole, with nothing twice', async () => {
    const broken = await startStation({ app: 'demo' });
    await broken.writes(/playing the day: \d+ of/);
    expect(await broken.stop('SIGTERM')).toBe(0);
    expect(broken.output()).not.toContain('Ctrl-C');
    const { day, played } = await playbill(broken.home);
    expect(played).toBe(false);
    const again = await startStation({ app: 'demo', home: broken.home });
    await again.writes(/Ctrl-C/);
    expect(await playbill(again.home)).toEqual({ day, played: true });
    expect(await lives(again)).toEqual(await lives(demo));
  }, 300_000);
});

/** What people did, request by request; what rules add depends on the hour. */
async function lives({ url, eventStoreUrl, token }: StationProcess): Promise<string[]> {
  const log = openEventLog(await eventStoreUrl());
  const [newest = ''] = await log.newest();
  const asking = { as: await token('auditor'), headers: knowing(newest) };
  const page = await clientOf(url).get('/v1/requests?limit=200', asking);
  const told: string[] = [];
  for (const { id } of page.body['items'] as { id: string }[]) {
    const events = (await log.of(`request-${id}`)).filter(
      ({ metadata }) => (metadata['actor'] as { role: string }).role !== 'policy',
    );
    told.push(events.map(({ type }) => type).join(' '));
  }
  await log.dispose();
  return told.sort();
}
