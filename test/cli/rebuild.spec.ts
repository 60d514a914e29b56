import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { launchYizhan, yizhan } from '../import/yizhan.process.js';
import { type StationProcess, endProcesses, startStation } from '../processes/station.process.js';
import { asker } from './day.fixture.js';

describe('yizhan rebuild', () => {
  let station: StationProcess;
  let ask: ReturnType<typeof asker>;

  beforeAll(async () => {
    station = await startStation();
    ask = asker(station.url, station.home);
    await ask.open();
    for (let number = 0; number < 20; number += 1) {
      const id = await ask.log(`${number}号楼前路面结冰`, number % 3 === 0 ? undefined : '扫雪除冰');
      if (number % 2 === 0) await ask.resolve(id);
    }
  }, 120_000);
  afterAll(endProcesses);

  it('leaves every figure as it was, and says how fast it went', async () => {
    const before = await ask.statistics('海淀区');
    const { code, lines } = await yizhan(station.home, ['rebuild', 'statistics', '--json']);
    expect(code).toBe(0);
    const figures = JSON.parse(lines.at(-1) ?? '') as Record<string, number>;
    expect(figures).toMatchObject({ projection: 'statistics', events: 20 * 4 + 10 * 4 });
    // Both are rounded.
    const told = (figures['eventsPerSecond'] ?? 0) * (figures['seconds'] ?? 0);
    expect([told > 108, told < 132]).toEqual([true, true]);
    expect(await ask.statistics('海淀区')).toEqual(before);
    expect(before.whole).toMatchObject({ logged: 20, resolved: 10, open: 10 });
  }, 120_000);

  it('keeps what is written while it runs', async () => {
    const rebuilding = yizhan(station.home, ['rebuild', 'statistics']);
    let written = 0;
    for (; written < 15; written += 1) await ask.resolve(await ask.log('楼道灯不亮', '公共照明'));
    const { code, output } = await rebuilding;
    expect([code, output]).toEqual([
      0,
      expect.stringMatching(/^Rebuilt statistics from \d+ events in \d+\.\d s \(/),
    ]);
    const { code: counted, lines } = await yizhan(station.home, ['stats', '海淀区', '--json']);
    expect(counted).toBe(0);
    const { whole, byCategory } = JSON.parse(lines.at(-1) ?? '') as {
      whole: object;
      byCategory: { category: string }[];
    };
    expect(whole).toMatchObject({ logged: 20 + written, resolved: 10 + written, open: 10 });
    expect(byCategory.find(({ category }) => category === '公共照明')).toMatchObject({
      logged: written,
      resolved: written,
    });
  }, 180_000);

  it('lists the projections there are where one is not known', async () => {
    const { code, errors } = await yizhan(station.home, ['rebuild', 'nothing']);
    expect(code).toBe(2);
    expect(errors).toMatch(
      /^yizhan: There is no projection nothing\. Those there are: request, .*statistics/,
    );
  }, 60_000);

  it('broken off, leaves the served tables and lets its own station end', async () => {
    const before = await ask.statistics('海淀区');
    await station.stop();
    const rebuilding = launchYizhan(station.home, ['rebuild', 'request']);
    // It has taken the home for itself, and is starting a station.
    while (!existsSync(join(station.home, 'cli.json'))) await sleep(20);
    rebuilding.signal('SIGINT');
    expect(await rebuilding.exited).toBe(130);
    expect(rebuilding.stderr()).toMatch(/Interrupted/);
    station = await startStation({ home: station.home });
    ask = asker(station.url, station.home);
    expect((await ask.statistics('海淀区')).whole).toEqual(before.whole);
  }, 180_000);
});
