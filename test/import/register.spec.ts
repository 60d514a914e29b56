import { type StationProcess, endProcesses, startStation } from '../processes/station.process.js';
import { type Shown, clockIn, everyRequest, readingOf } from './station.reading.js';
import { type Written, laidDown, register } from './written.fixture.js';
import { type Figures, imported } from './yizhan.process.js';

const page = register([
  '2026-11-22 08:10,王秀英,13800000000,5号楼,2,楼前路面结冰,阳光物业,物业已清理,2026-11-22 08:20,张连生',
  '2026年11月22日 9时30分,,,3号楼,1,楼道灯不亮,阳光物业、居委会,已报修,,张连生',
  '2026/11/22,李明,,,,"新装的排水管反味，\n居民说很大",城建施工队,已更换,2026-11-22,刘芳',
  '2026-11-22 15:00,赵德海,,1号楼,,自行车堵门,,已劝离,2026-11-22,刘芳',
]);
const patience = 300_000; // milliseconds
const shanghai = clockIn('Asia/Shanghai');

const stations = ['utf-8', 'bom', 'gb18030', 'gzip'] as const satisfies Written[];
const codeOf = (as: Written) => `YZ${stations.indexOf(as)}`;

describe('A register that was typed into a table', () => {
  let station: StationProcess;
  let shown: Shown[];
  const figures = new Map<Written, Figures>();
  beforeAll(async () => {
    station = await startStation();
    for (const as of stations) {
      const file = await laidDown(station.home, `${as}.csv`, page, as);
      const where = ['--station', codeOf(as), '--district', '海淀区', '--community', '永丰社区'];
      figures.set(as, await imported(station.home, 'register', file, ...where));
    }
    shown = await everyRequest(await readingOf(station));
  }, patience);
  afterAll(endProcesses, patience);

  const of = (summary: string, as: Written = 'utf-8') =>
    shown.find((one) => one.summary.startsWith(summary) && one.station.code === codeOf(as));

  it.each(stations)('says the same in %s', (as) => {
    expect(figures.get(as)).toMatchObject({ rows: 4, accepted: 4, duplicates: 0, quarantined: 0 });
    const told = shown
      .filter(({ station }) => station.code === codeOf(as))
      .map(({ summary, loggedBy }) => [summary, loggedBy]);
    expect(told.toSorted()).toEqual(
      [
        ['楼前路面结冰', '张连生'],
        ['楼道灯不亮', '张连生'],
        ['新装的排水管反味，\n居民说很大', '刘芳'],
        ['自行车堵门', '刘芳'],
      ].toSorted(),
    );
  });

  it('opens the station where it was said to be', () => {
    expect(of('楼前')?.station).toMatchObject({ code: 'YZ0', district: '海淀区', community: '永丰社区' });
  });

  it('becomes a life with its times, resident, handler and outcome', () => {
    expect(of('楼前')).toMatchObject({
      status: 'closed',
      channel: 'paper',
      resident: { name: '王秀英', phone: '13800000000' },
      place: { building: '5号楼', unit: '2' },
      lead: { name: '阳光物业', kind: 'property' },
      outcome: '物业已清理',
      loggedAt: '2026-11-22T00:10:00.000Z',
      closedAt: '2026-11-22T00:20:00.000Z',
    });
  });

  it('leaves a walk-in anonymous and an unfinished case open, with its helpers', () => {
    expect(of('楼道')).toMatchObject({
      status: 'assigned',
      open: true,
      resident: null,
      holder: { name: '阳光物业' },
      helpers: [{ name: '居委会', kind: 'committee' }],
      closedAt: null,
    });
  });

  it('reads a day without a time as local noon', () => {
    const one = of('新装');
    expect(shanghai(one?.loggedAt ?? '')).toBe('2026-11-22 12:00:00');
    expect(shanghai(one?.closedAt ?? '')).toBe('2026-11-22 12:00:00');
    expect(one?.lead).toEqual(expect.objectContaining({ name: '城建施工队', kind: 'contractor' }));
  });

  it('gives what nobody was called for to whoever was on duty, and closes it no earlier than it was logged', () => {
    const one = of('自行车');
    expect(one).toMatchObject({ status: 'closed', lead: { name: '刘芳', kind: 'volunteer' } });
    expect(one?.closedAt).toBe(one?.loggedAt);
  });

  it(
    'appends nothing when it comes again in another encoding',
    async () => {
      const file = await laidDown(station.home, 'again.csv', page, 'gb18030');
      const again = await imported(station.home, 'register', file, '--station', codeOf('utf-8'));
      expect(again).toEqual({ rows: 4, accepted: 0, duplicates: 4, quarantined: 0, events: 0 });
    },
    patience,
  );
});
