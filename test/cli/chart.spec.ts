import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { yizhan } from '../import/yizhan.process.js';
import { type StationProcess, endProcesses, startStation } from '../processes/station.process.js';
import { asker } from './day.fixture.js';

describe('yizhan chart', () => {
  let station: StationProcess;
  let folder: string;
  const month = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai' }).format().slice(0, 7);

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'yizhan-chart-'));
    station = await startStation();
    const ask = asker(station.url, station.home);
    await ask.open();
    await ask.log('5号楼前路面结冰', '扫雪除冰');
    await ask.resolve(await ask.log('楼道灯不亮'));
  }, 120_000);
  afterAll(async () => {
    await endProcesses();
    await rm(folder, { recursive: true, force: true });
  });

  it('writes the picture of a month into a file', async () => {
    const out = join(folder, '海淀区.svg');
    const { code } = await yizhan(station.home, ['chart', '海淀区', '--month', month, '--out', out]);
    expect(code).toBe(0);
    const svg = await readFile(out, 'utf8');
    expect(svg).toMatch(/^<svg [\s\S]*<\/svg>\s*$/);
    expect(svg).toContain('当月登记 logged 2，其中已办结 resolved 1');
  }, 60_000);

  it('prints it where no file is named, of the present month', async () => {
    const { code, lines } = await yizhan(station.home, ['chart', '海淀区']);
    expect([code, lines[0]]).toEqual([0, expect.stringMatching(/^<svg /)]);
    expect(lines.join('\n')).toContain(`${Number(month.slice(0, 4))}年${Number(month.slice(5))}月`);
  }, 60_000);

  it('says which districts there are where it is none of them', async () => {
    const { code, output } = await yizhan(station.home, ['chart', '海定区']);
    expect([code, output]).toEqual([2, expect.stringContaining('海淀区')]);
  }, 60_000);

  it('takes no month that the calendar has not', async () => {
    const { code, output } = await yizhan(station.home, ['chart', '海淀区', '--month', '2026-13']);
    expect([code, output]).toEqual([2, expect.stringContaining('e.g. 2026-11')]);
  }, 60_000);

  it('says so where the file cannot be written', async () => {
    const out = join(folder, 'nowhere', 'chart.svg');
    const { code, output } = await yizhan(station.home, ['chart', '海淀区', '--out', out]);
    expect([code, output]).toEqual([1, expect.stringContaining(`Cannot write ${out}`)]);
  }, 60_000);
});
