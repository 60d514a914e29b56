import { yizhan } from '../import/yizhan.process.js';
import {
  type StationProcess,
  endProcesses,
  startStation,
  temporaryHome,
} from '../processes/station.process.js';
import { asker } from './day.fixture.js';

describe('yizhan callbacks', () => {
  let station: StationProcess;
  let id: string;

  beforeAll(async () => {
    station = await startStation();
    const ask = asker(station.url, station.home);
    await ask.open();
    await ask.open('SLEEPY');
    id = await ask.log('5号楼前路面结冰', '扫雪除冰', { name: '王桂兰', phone: '13800000000' });
    await ask.resolve(id);
    await ask.resolve(await ask.log('楼道灯不亮'));
  }, 120_000);
  afterAll(endProcesses);

  it('prints whom to call, with the attempts so far, and leaves out who stayed anonymous', async () => {
    const { code, lines } = await yizhan(station.home, ['callbacks', 'yfxj']);
    expect([code, lines[0]]).toEqual([0, 'YFXJ驿站（YFXJ） 待回访 to call back: 1']);
    const line = lines.find((text) => text.includes(id)) ?? '';
    const cells = line.split('│').map((cell) => cell.trim());
    expect(cells.slice(3, 7)).toEqual(['5号楼前路面结冰', '已处理', '王桂兰 13800000000', '0/3']);
  }, 60_000);

  it('gives the items of the API with --json, one a line', async () => {
    const { code, lines } = await yizhan(station.home, ['callbacks', 'YFXJ', '--json']);
    expect([code, lines.length]).toEqual([0, 1]);
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({ id, callers: [{ request: id, attempts: 0 }] });
  }, 60_000);

  it('prints those of a whole district', async () => {
    const { code, lines } = await yizhan(station.home, ['callbacks', '--district', '海淀区']);
    expect([code, lines[0]]).toEqual([0, '海淀区 待回访 to call back: 1']);
    expect(lines.find((text) => text.includes(id))).toContain('王桂兰 13800000000');
  }, 60_000);

  it.each([[[]], [['YFXJ', '--district', '海淀区']]])(
    'wants a station or a district: %j',
    async (named) => {
      const { code, output } = await yizhan(station.home, ['callbacks', ...named]);
      expect([code, output]).toEqual([2, expect.stringContaining('--district')]);
    },
    60_000,
  );

  it('says so where there is nobody', async () => {
    const { code, lines } = await yizhan(station.home, ['callbacks', 'SLEEPY']);
    expect([code, lines]).toEqual([0, ['SLEEPY驿站（SLEEPY） 待回访 to call back: 0']]);
  }, 60_000);

  it('says so where there is no such station', async () => {
    const { code, output } = await yizhan(station.home, ['callbacks', 'NONE']);
    expect([code, output]).toEqual([1, expect.stringMatching(/驿站|station/)]);
  }, 60_000);

  it('starts a station where none runs', async () => {
    const { code, lines } = await yizhan(await temporaryHome(), ['callbacks', 'YFXJ']);
    expect([code, lines.length > 0]).toEqual([1, true]); // an empty home has no such station
  }, 120_000);
});
