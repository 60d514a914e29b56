import { access, readFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { EventStore } from '#event-store';
import { endProcesses, startStation, temporaryHome } from '../processes/station.process.js';
import { everyRequest, readingOf } from './station.reading.js';
import { casework, laidDown, manyCases } from './written.fixture.js';
import { imported, launchYizhan, yizhan } from './yizhan.process.js';

const patience = 300_000; // milliseconds
const cases = 3_000;

describe('yizhan import', () => {
  afterAll(endProcesses, patience);

  it(
    'rehearsed says what would happen, makes no home and writes no quarantine',
    async () => {
      const folder = await temporaryHome();
      const home = join(folder, 'not-there-yet');
      const file = await laidDown(folder, 'cases.csv', casework(['K1,NYCC03,2022-01-01,,a,b,', ',,,,,,']));
      const said = await yizhan(home, ['import', '--profile', 'casework', '--dry-run', '--json', file]);
      expect(said).toMatchObject({ code: 0, errors: '' });
      expect(JSON.parse(said.lines.at(-1) ?? '')).toEqual({
        rows: 2,
        accepted: 1,
        duplicates: 0,
        quarantined: 1,
        events: 3,
      });
      const people = await yizhan(home, ['import', '--profile', 'casework', '--dry-run', file]);
      expect(people.output).toContain('Would import 1 of 2 rows');
      expect(people.output).toContain('Nothing was written (--dry-run).');
      expect(await readdir(folder)).toEqual(['cases.csv']);
    },
    patience,
  );

  it(
    'that is interrupted ends in good order, lets no other one in meanwhile, and goes on when it is run again',
    async () => {
      const home = await temporaryHome();
      const file = await laidDown(home, 'many.csv', manyCases(cases));
      const command = ['import', '--profile', 'casework', '--json', file];
      const first = launchYizhan(home, command);
      await storedEvents(home, 500n);

      const second = await yizhan(home, command);
      expect(second.code).toBe(1);
      expect(second.errors).toContain('Another command (yizhan import many.csv');
      expect(second.errors).toContain('Wait until it is done');

      first.signal('SIGINT');
      expect(await first.exited).toBe(130);
      expect(first.stderr()).toContain('Run it again to go on: nothing doubles.');
      // Its own station has ended with it.
      await expect(access(join(home, 'station.json'))).rejects.toThrow('ENOENT');
      const accepted = Number(/accepted +([\d,]+)/.exec(first.stderr())?.[1]?.replaceAll(',', ''));
      expect(accepted).toBeGreaterThan(0);
      expect(accepted).toBeLessThan(cases);

      const station = await startStation({ home });
      const rest = await imported(home, 'casework', file);
      expect(rest).toMatchObject({ rows: cases, accepted: cases - accepted, duplicates: accepted });
      const keys = (await everyRequest(await readingOf(station))).map(({ source }) => source.key);
      expect(keys).toHaveLength(cases);
      expect(new Set(keys).size).toBe(cases);
    },
    2 * patience,
  );

  it.each([
    ['is not there', 'casework', undefined, 1, /Cannot read .*: no such file/],
    ['is empty', 'casework', '', 1, /is empty: its first line names the columns/],
    ['is of another profile', 'register', casework([]), 2, /has no column 登记时间, .*Choose the --profile/s],
  ] as const)(
    'says so when the file %s, before it starts anything',
    async (_, profile, text, code, sentence) => {
      const folder = await temporaryHome();
      const home = join(folder, 'home');
      const file =
        text === undefined ? join(folder, 'missing.csv') : await laidDown(folder, 'given.csv', text);
      const said = await yizhan(home, ['import', '--profile', profile, file]);
      expect(said.code).toBe(code);
      expect(said.errors).toMatch(sentence);
      expect(said.errors).not.toContain(' at '); // no stack
      await expect(access(home)).rejects.toThrow('ENOENT');
    },
    patience,
  );

  it(
    'of half a gzip file brings in what can be read, says how much and what is wrong',
    async () => {
      const home = await temporaryHome();
      const whole = await laidDown(home, 'whole.csv.gz', manyCases(4_000), 'gzip');
      const half = join(home, 'half.csv.gz');
      const bytes = await readFile(whole);
      await writeFile(half, bytes.subarray(0, bytes.length / 2));
      const said = await yizhan(home, ['import', '--profile', 'casework', half]);
      expect(said.code).toBe(1);
      expect(said.errors).toContain('is not a whole gzip file');
      expect(said.errors).toMatch(/accepted +[\d,]+/);
    },
    patience,
  );
});

/** Resolves when the station that a command started for itself holds so many events. */
async function storedEvents(home: string, count: bigint): Promise<void> {
  const store = EventStore.connect(await eventStoreUrlOf(home), {});
  while (((await store.head())?.position ?? 0n) < count) await pause(20);
  await store.dispose();
}

async function eventStoreUrlOf(home: string): Promise<string> {
  for (;;) {
    const text = await readFile(join(home, 'station.json'), 'utf8').catch(() => undefined);
    if (text) return (JSON.parse(text) as { eventStoreUrl: string }).eventStoreUrl;
    await pause(50);
  }
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
