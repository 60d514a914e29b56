import { yizhan } from '../import/yizhan.process.js';
import {
  type StationProcess,
  endProcesses,
  startStation,
  temporaryHome,
} from '../processes/station.process.js';
import { asker } from './day.fixture.js';

describe('yizhan stats', () => {
  let station: StationProcess;

  beforeAll(async () => {
    station = await startStation();
    const ask = asker(station.url, station.home);
    await ask.open();
    await ask.open('SLEEPY');
    await ask.open('CYMN', '朝阳区');
    await ask.resolve(await ask.log('5号楼前路面结冰', '扫雪除冰'));
    await ask.log('楼道灯不亮');
  }, 120_000);
  afterAll(endProcesses);

  it('prints a table with the whole, stations, categories and days', async () => {
    const { code, output, lines } = await yizhan(station.home, ['stats', '海淀区']);
    expect([code, lines[0]]).toEqual([0, '海淀区  … – …  按登记日 by creation']);
    const cells = (name: string) =>
      lines
        .find((line) => line.startsWith('│') && line.includes(name))
        ?.split('│')
        .map((cell) => cell.trim())
        .slice(2, 10);
    expect(cells('登记')).toEqual(['登记', '办结', '未结', '撤回', '剔除', '升级', '退单', '重开']);
    expect(cells('合计 whole')).toEqual(['2', '1', '1', '0', '0', '0', '0', '0']);
    expect(cells('SLEEPY')).toEqual(['0', '0', '0', '0', '0', '0', '0', '0']);
    expect(cells('扫雪除冰')?.slice(0, 3)).toEqual(['1', '1', '0']);
    expect(cells('未列 unlisted')?.slice(0, 3)).toEqual(['1', '0', '1']);
    expect(output).toMatch(/ 50\.0 │ +0\.0 \/ 0\.0 \(1\) │ +0\.0 \/ 0\.0 \(1\) │/);
    expect(lines.at(-1)).toMatch(/^截至 as of \d{4}-\d\d-\d\dT\S+Z \(\d+\)$/);
  }, 60_000);

  it('gives the answer of the API with --json, of the window asked for', async () => {
    const asked = [
      'stats',
      '海淀区',
      '--json',
      '--from',
      '2020-01-01',
      '--to',
      '2020-12-31',
      '--by',
      'closing',
    ];
    const { code, lines } = await yizhan(station.home, asked);
    expect(code).toBe(0);
    expect(JSON.parse(lines.at(-1) ?? '')).toMatchObject({
      district: '海淀区',
      window: { by: 'closing', from: '2020-01-01', to: '2020-12-31' },
      whole: { logged: 0, resolutionRate: null },
    });
  }, 60_000);

  it('lists the districts there are where one is not known', async () => {
    const { code, errors } = await yizhan(station.home, ['stats', '没有区']);
    expect([code, errors]).toEqual([
      2,
      'yizhan: There is no district 没有区. Those there are: 朝阳区, 海淀区\n',
    ]);
  }, 60_000);

  it('says what is wrong with a date', async () => {
    const { code, errors } = await yizhan(station.home, ['stats', '海淀区', '--from', '2026-02-30'], {
      LANG: 'en_US',
    });
    expect(code).toBe(1);
    expect(errors).toContain('must be a day of the calendar');
  }, 60_000);

  it('starts a station of its own where none runs, and knows what the one before wrote', async () => {
    await station.stop();
    const { code, lines } = await yizhan(station.home, ['stats', '海淀区', '--json']);
    expect(code).toBe(0);
    expect(JSON.parse(lines.at(-1) ?? '')).toMatchObject({ whole: { logged: 2, resolved: 1 } });
    const empty = await yizhan(await temporaryHome(), ['stats', '海淀区']);
    expect([empty.code, empty.errors]).toEqual([
      2,
      'yizhan: There is no district yet: none of them has a station.\n',
    ]);
  }, 180_000);
});
