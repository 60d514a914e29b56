import { yizhan } from '../import/yizhan.process.js';
import { type StationProcess, endProcesses, startStation } from '../processes/station.process.js';

const patience = 180_000; // each command is a process of its own, the last one with a station below it

describe('yizhan history', () => {
  let station: StationProcess;
  let id: string;

  const post = async (path: string, token: string, body: object) => {
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
    const answer = await fetch(station.url + path, { method: 'POST', headers, body: JSON.stringify(body) });
    const told = (await answer.json()) as { id: string };
    if (!answer.ok) throw new Error(JSON.stringify(told));
    return told;
  };

  beforeAll(async () => {
    station = await startStation();
    const place = { community: '永丰社区', street: '学院路街道', district: '海淀区' };
    await post('/v1/stations', await station.token('admin'), {
      code: 'YFXJ',
      name: '永丰西里驿站',
      ...place,
    });
    const volunteer = await station.token('volunteer', { station: 'YFXJ' }, { name: '张连生' });
    const logged = await post('/v1/requests', volunteer, {
      summary: '5号楼前路面结冰',
      channel: 'walk-in',
      occurredAt: '2025-11-22T10:30:00+08:00',
    });
    id = logged.id;
    await post(`/v1/requests/${id}/assignment`, volunteer, {
      to: { id: 'wuye', kind: 'property', name: '永丰物业' },
      note: '请带盐',
    });
  }, patience);
  afterAll(endProcesses);

  it(
    'tells the life of a request, without colours where there is no terminal',
    async () => {
      const { code, output, errors } = await yizhan(station.home, ['history', id.toLowerCase()]);
      expect([code, errors]).toEqual([0, '']);
      expect(output).toMatch(new RegExp(`^${id} {2}5号楼前路面结冰 {2}已派单 assigned\n`));
      expect(output).toMatch(
        /\n2025-11-22 周六\n {2}10:30 {2}登记 logged {4}张连生（志愿者 YFXJ） {2}上门反映：5号楼前路面结冰 {2}⟲ [\d: -]+ 补记\n/,
      );
      expect(output).toMatch(/派单 assigned {2}张连生（志愿者 YFXJ） {2}交给永丰物业 「请带盐」\n/);
      expect(output).toMatch(/时限 deadline {2}张连生（志愿者 YFXJ） {2}签收时限改为[\d-]+ 周. \d\d:\d\d\n$/);
      expect(output).not.toContain('\u001b');
    },
    patience,
  );

  it(
    'shows the request as it stood',
    async () => {
      for (const asOf of [
        ['--revision', '0'],
        ['--at', '2025-11-22T10:30:00+08:00'],
      ]) {
        const { code, output } = await yizhan(station.home, ['history', id, ...asOf]);
        expect(code).toBe(0);
        expect(output).toMatch(/已登记 logged\n/);
        expect(output).not.toContain('永丰物业');
      }
    },
    patience,
  );

  it(
    'hands on what the API answers',
    async () => {
      const headers = { authorization: `Bearer ${await station.token('auditor')}` };
      const answer = await fetch(`${station.url}/v1/requests/${id}/history`, { headers });
      const { code, output } = await yizhan(station.home, ['history', id, '--json']);
      expect(code).toBe(0);
      const told = JSON.parse(output) as { events: { position: string }[] };
      expect(told).toEqual(await answer.json());
      expect(BigInt(told.events[1]?.position ?? 0)).toBeGreaterThan(BigInt(told.events[0]?.position ?? 0));
    },
    patience,
  );

  it(
    'says what is wrong and ends with 1',
    async () => {
      const unknown = await yizhan(station.home, ['history', 'YFXJ-261122-00000'], { LANG: 'zh_CN.UTF-8' });
      expect(unknown.code).toBe(1);
      expect(unknown.errors).toBe('yizhan: 没有这件诉求: 没有找到这件诉求，请核对编号。 (404)\n');
      const unclear = await yizhan(station.home, ['history', id, '--at', 'noon'], { LANG: 'en_US.UTF-8' });
      expect(unclear.code).toBe(1);
      expect(unclear.errors).toMatch(/ {2}at: must be a time with its zone/);
    },
    patience,
  );

  it(
    'takes an instant or a revision, and says so',
    async () => {
      const { code, errors } = await yizhan(station.home, ['history', id, '--at', 'noon', '--revision', '1']);
      expect(code).toBe(2);
      expect(errors).toContain("option '--at <time>' cannot be used with option '--revision <n>'");
    },
    patience,
  );

  it(
    'starts a station of its own where none runs',
    async () => {
      await station.stop();
      const { code, output } = await yizhan(station.home, ['history', id]);
      expect(code).toBe(0);
      expect(output).toContain('交给永丰物业');
    },
    patience,
  );
});
