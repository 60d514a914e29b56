import { assert, constantFrom, oneof, property, record, string } from 'fast-check';
import { decideAll } from '#event-sourcing';
import { type LoggedAt, type RequestCommand, requestDecider, requestSchema } from '#requests';
import type { Cells } from './profile.js';
import { Quarantined } from './quarantine.reason.js';
import { registerProfile } from './register.profile.js';

const station: LoggedAt = {
  code: 'YFXJ',
  name: '幸福小区驿站',
  community: '幸福社区',
  street: '朝阳街道',
  district: '和平区',
  timeZone: 'Asia/Shanghai',
};
const row: Cells = {
  登记时间: '2026-11-22 10:30',
  居民: '王秀英',
  电话: '13800000000',
  楼号: '5号楼',
  单元: '2单元',
  反映问题: '5号楼前路面结冰',
  联系谁: '阳光物业、居委会',
  办理情况: '物业已清理',
  办结时间: '2026-11-22 10:40',
  值班人: '张连生',
};
const profile = registerProfile(station);
const read = (changes: Cells = {}) => profile.read({ ...row, ...changes });
const kindsOf = (changes: Cells) => read(changes).steps.map(({ command }) => command.type);

describe('a line of the register', () => {
  it('is logged, assigned to whom was called, resolved and closed, by the one on duty', () => {
    const life = read();
    expect(life).toMatchObject({ day: '2026-11-22', by: '张连生', loggedAt: '2026-11-22T02:30:00.000Z' });
    expect(life.log).toEqual({
      summary: '5号楼前路面结冰',
      place: { building: '5号楼', unit: '2单元' },
      resident: { name: '王秀英', phone: '13800000000', flat: null },
      channel: 'paper',
    });
    expect(life.steps).toEqual([
      {
        command: {
          type: 'Assign',
          data: {
            to: { id: '阳光物业', kind: 'property', name: '阳光物业' },
            helpers: [{ id: '居委会', kind: 'committee', name: '居委会' }],
          },
        },
        at: '2026-11-22T02:30:00.000Z',
      },
      { command: { type: 'Resolve', data: { outcome: '物业已清理' } }, at: '2026-11-22T02:40:00.000Z' },
      { command: { type: 'Close', data: {} }, at: '2026-11-22T02:40:00.000Z' },
    ]);
  });

  it('that is not done yet stays open, with what was written so far', () => {
    expect(kindsOf({ 办结时间: '' })).toEqual(['Assign', 'RecordProgress']);
    expect(kindsOf({ 办结时间: '', 办理情况: '' })).toEqual(['Assign']);
    expect(kindsOf({ 办结时间: '', 办理情况: '', 联系谁: '' })).toEqual([]);
  });

  it('for which nobody was called is the work of whoever was on duty', () => {
    expect(read({ 联系谁: '' }).steps[0]?.command).toEqual({
      type: 'Claim',
      data: { by: { id: '张连生', kind: 'volunteer', name: '张连生' } },
    });
    expect(read({ 联系谁: '', 值班人: '' }).steps[0]?.command).toMatchObject({
      data: { by: { name: '幸福小区驿站' } },
    });
  });

  it('may be anonymous', () => {
    expect(read({ 居民: '', 电话: '' }).log.resident).toBeUndefined();
  });

  it('is known by time, person, door and words, however the rest or the time is written', () => {
    const { key } = read();
    expect(read({ 登记时间: '2026年11月22日 10:30', 办理情况: '', 办结时间: '', 值班人: '李敏' }).key).toBe(
      key,
    );
    const others: Cells[] = [
      { 登记时间: '2026-11-22 10:31' },
      { 居民: '李' },
      { 单元: '' },
      { 反映问题: '灯' },
    ];
    for (const changes of others) expect(read({ 办结时间: '', ...changes }).key).not.toBe(key);
    expect(key).not.toContain('王');
  });

  it('closed on a day without a time was not closed before it was logged', () => {
    expect(read({ 登记时间: '2026-11-22 15:00', 办结时间: '2026-11-22' }).steps.at(-1)?.at).toBe(
      '2026-11-22T07:00:00.000Z',
    );
    expect(read({ 办结时间: '2026-11-23' }).steps.at(-1)?.at).toBe('2026-11-23T04:00:00.000Z');
  });

  it.each([
    ['街道办', 'department'],
    ['供电公司', 'department'],
    ['万科物业维修部', 'property'],
    ['燃气抢修', 'department'],
    ['施工队', 'contractor'],
    ['楼上邻居', 'neighbour'],
    ['志愿者小刘', 'volunteer'],
    ['幸福里社区', 'committee'],
    ['建行支行', 'partner'],
  ])('calls %s a %s', (name, kind) => {
    expect(read({ 联系谁: name }).steps[0]?.command.data).toMatchObject({ to: { id: name, kind, name } });
  });

  it.each<[string, Cells]>([
    ['missing-text', { 反映问题: '' }],
    ['missing-date', { 登记时间: '' }],
    ['unreadable-date', { 登记时间: '上午' }],
    ['unreadable-date', { 办结时间: '当天' }],
    ['placeholder-date', { 登记时间: '1900/1/1 0:00' }],
    ['closed-before-created', { 办结时间: '2026-11-22 10:29' }],
    ['closed-before-created', { 办结时间: '2026-11-21' }],
    ['null-text', { 居民: 'NULL' }],
    ['too-long', { 联系谁: `居委会、${'物'.repeat(201)}` }],
    ['too-long', { 值班人: '张'.repeat(201) }],
  ])('cannot be true: %s', (reason, changes) => {
    expect(() => read(changes)).toThrow(reason);
  });

  it('is either quarantined or a life that the decider allows, whatever stands in its cells', () => {
    const cell = oneof(constantFrom('', ...Object.values(row)), string({ unit: 'grapheme' }));
    const metadata = {
      $correlationId: 'c',
      $causationId: 'c',
      actor: { subject: 's', name: 'n', role: 'import' },
      schema: requestSchema,
      commandHash: 'h',
    };
    assert(
      property(record(Object.fromEntries(Object.keys(row).map((column) => [column, cell]))), (cells) => {
        let life;
        try {
          life = profile.read(cells);
        } catch (error) {
          return expect(error).toBeInstanceOf(Quarantined);
        }
        const log: RequestCommand = { type: 'LogRequest', data: { ...life.log, requestId: 'x', station } };
        const steps = [log, ...life.steps.map(({ command }) => command)];
        const events = decideAll(
          requestDecider,
          's',
          'k',
          steps.map((command) => ({ command, metadata })),
        );
        expect(events.length).toBeGreaterThanOrEqual(steps.length);
      }),
    );
  });
});
