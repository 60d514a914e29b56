import { yizhan } from '../import/yizhan.process.js';
import { type StationProcess, endProcesses, startStation } from '../processes/station.process.js';
import { asker } from './day.fixture.js';

describe('yizhan today', () => {
  let station: StationProcess;
  let open: string;
  let resolved: string;

  beforeAll(async () => {
    station = await startStation();
    const ask = asker(station.url, station.home);
    await ask.open();
    await ask.open('SLEEPY');
    open = await ask.log('5号楼前路面结冰', '扫雪除冰');
    resolved = await ask.log('楼道灯不亮', undefined, { name: '王桂兰', phone: '13800000000' });
    await ask.resolve(resolved);
  }, 120_000);
  afterAll(endProcesses);

  it('prints what waits, list by list, and names no resident', async () => {
    const { code, lines } = await yizhan(station.home, ['today', 'yfxj']);
    expect([code, lines[0]]).toEqual([
      0,
      expect.stringMatching(/^YFXJ驿站（YFXJ） \d{4}-\d\d-\d\d 今日待办 today$/),
    ]);
    expect(lines[1]).toContain('待签收 waiting for acceptance: 1  待回访 to call back: 1');
    const line = (id: string) => lines.find((text) => text.includes(id)) ?? '';
    expect(line(open)).toMatch(/5号楼前路面结冰.*尚无承办单位/);
    expect(line(resolved)).toMatch(/楼道灯不亮.*永丰物业.*待回访1人/);
    expect(lines.join()).not.toMatch(/王桂兰|13800000000/);
  }, 60_000);

  it('gives the answer of the API with --json', async () => {
    const { lines } = await yizhan(station.home, ['today', 'YFXJ', '--json']);
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({
      awaitingAcceptance: { count: 1, items: [{ id: open }] },
      callbacks: { count: 1, items: [{ id: resolved }] },
    });
  }, 60_000);

  it('says so where there is nothing to do', async () => {
    const { code, lines } = await yizhan(station.home, ['today', 'SLEEPY']);
    expect([code, lines.length, lines[1]]).toEqual([0, 2, expect.stringContaining('已超期 overdue: 0')]);
  }, 60_000);
});
