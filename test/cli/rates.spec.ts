import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { yizhan } from '../import/yizhan.process.js';
import { type StationProcess, endProcesses, startStation } from '../processes/station.process.js';
import { asker } from './day.fixture.js';

const header =
  '序号,承办单位,受理量,办结量,有效回访,联系数,解决数,满意数,基本满意,响应率,解决率,满意率,综合成绩,排名';

describe('yizhan rates', () => {
  let station: StationProcess;
  let ask: ReturnType<typeof asker>;
  let first: string;

  beforeAll(async () => {
    station = await startStation();
    ask = asker(station.url, station.home);
    await ask.open();
    first = await ask.log('5号楼前路面结冰', '扫雪除冰');
    await ask.resolve(first);
    await ask.log('楼道灯不亮');
  }, 120_000);
  afterAll(endProcesses);

  const csv = async (...more: string[]) => {
    const { code, output } = await yizhan(station.home, ['rates', '海淀区', '--csv', '-', ...more]);
    return { code, lines: output.replace('\uFEFF', '').split('\r\n'), output };
  };

  it('prints a row for each unit, what no unit leads, and the sum, with what they are as of', async () => {
    const { code, output, lines } = await yizhan(station.home, ['rates', '海淀区']);
    expect([code, lines[0]]).toEqual([
      0,
      expect.stringMatching(/^海淀区 {2}\d{4}-\d\d-\d\d – \d{4}-\d\d-\d\d /),
    ]);
    expect(output).toMatch(/│ +1 │ 永丰物业 +│ +1 │ +1 │ +0 │/);
    expect(output).toMatch(/│ +│ 未列入 +│ +1 │ +0 │/);
    expect(output).toMatch(/│ +│ 合计 +│ +2 │ +1 │/);
    expect(output).toMatch(/截至 as of \d{4}-\d\d-\d\dT\S+Z \(\d+\)/);
  }, 60_000);

  it('writes CSV with its mark, and leaves empty what is no rate', async () => {
    const { code, output, lines } = await csv();
    expect([code, output.startsWith('\uFEFF'), lines[0]]).toEqual([0, true, header]);
    expect(lines[1]).toBe('1,永丰物业,1,1,0,0,0,0,0,,,,,');
  }, 60_000);

  it('gives the same table again for the same as-of, whatever came later', async () => {
    const before = await csv();
    const [, position = ''] = /as of \S+ \((\d+)\)/.exec(before.output) ?? [];
    await ask.callBack(first, { contacted: true, contactedByUnit: true, resolved: 'yes', satisfied: 'yes' });
    const now = await csv();
    expect(now.lines[1]).toBe('1,永丰物业,1,1,1,1,1,1,0,100.0,100.0,100.0,100.0,');
    expect((await csv('--as-of', position)).output).toBe(before.output);
  }, 120_000);

  it('writes a workbook', async () => {
    const file = join(station.home, '十一月.xlsx');
    const { code, errors } = await yizhan(station.home, ['rates', '海淀区', '--xlsx', file]);
    expect([code, errors]).toEqual([0, `${file} written\n`]);
    expect((await readFile(file)).subarray(0, 2).toString()).toBe('PK');
  }, 60_000);

  it('says what is wrong: a district, a version, a folder that is not there', async () => {
    const unknown = await yizhan(station.home, ['rates', '没有区']);
    expect([unknown.code, unknown.errors]).toEqual([
      2,
      'yizhan: There is no district 没有区. Those there are: 海淀区\n',
    ]);
    const version = await yizhan(station.home, ['rates', '海淀区', '--policy', '9'], { LANG: 'en_US' });
    expect([version.code, version.errors]).toEqual([1, expect.stringMatching(/9/)]);
    const nowhere = await yizhan(station.home, ['rates', '海淀区', '--xlsx', '/nowhere/rates.xlsx']);
    expect([nowhere.code, nowhere.errors]).toEqual([1, expect.stringContaining('Cannot write /nowhere')]);
  }, 120_000);
});
