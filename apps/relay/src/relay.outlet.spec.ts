import { PublishFailed, RecordTooLarge } from '#event-bus';
import { toLogRecord } from '#topics';
import { Outlet, type OutletOptions, Uncarriable } from './relay.outlet.js';
import { Records, even, event, odd, topic } from './spec.fixture.js';

const options: OutletOptions = {
  topic,
  toRecord: (one, previous) => {
    if (one.id === 'event-13') throw new Error('it has no public shape');
    return toLogRecord(one, previous);
  },
};

describe('an outlet', () => {
  let records: Records;
  const open = () => Outlet.open(records.bus(), options, new Map());
  beforeEach(() => (records = new Records()));

  it('chains the records of each partition by the position before', async () => {
    const outlet = await open();
    expect(await outlet.carry([event(1, even), event(2, odd), event(5, even)])).toBe(3);
    expect(await outlet.carry([event(7, odd), event(9, even)])).toBe(2);
    expect([records.positions(0), records.previous(0)]).toEqual([
      [1, 5, 9],
      [0, 1, 5],
    ]);
    expect([records.positions(1), records.previous(1)]).toEqual([
      [2, 7],
      [0, 2],
    ]);
    expect(outlet.checkpoints().get(0)).toEqual({ nextOffset: 3n, position: 9n });
  });

  it('makes one send of what goes to a partition', async () => {
    const sends: number[] = [];
    records.refuse = ({ length }) => void sends.push(length);
    await (await open()).carry([event(1, even), event(2, odd), event(5, even), event(6, even)]);
    expect(sends).toEqual([3, 1]);
  });

  it('leaves out what its partition has already', async () => {
    const outlet = await open();
    await outlet.carry([event(1, even), event(2, odd)]);
    expect(await outlet.carry([event(1, even), event(2, odd), event(3, even)])).toBe(1);
    expect(records.positions(0)).toEqual([1, 3]);
  });

  it('sends what came before an event that it cannot carry, and nothing after', async () => {
    const carrying = (await open()).carry([event(1, even), event(12, odd), event(13, odd), event(14, even)]);
    await expect(carrying).rejects.toThrow(Uncarriable);
    await expect(carrying).rejects.toThrow(
      'NoteAdded (0@' + odd + ') cannot be carried: it has no public shape',
    );
    expect([records.positions(0), records.positions(1)]).toEqual([[1], [12]]);
  });

  it('sends what came before an event that is too large for its partition', async () => {
    records.refuse = (sent) => {
      const large = sent.find(({ headers }) => headers['ce_position'] === '3');
      if (large) throw new RecordTooLarge(large, 2_000_000);
    };
    const outlet = await open();
    await expect(
      outlet.carry([event(1, even), event(2, even), event(3, even), event(4, even)]),
    ).rejects.toThrow(Uncarriable);
    expect(records.positions(0)).toEqual([1, 2]);
    expect(outlet.checkpoints().get(0)).toEqual({ nextOffset: 2n, position: 2n });
  });

  it('does not take for carried what was not acknowledged, and ends only when every send has', async () => {
    const outlet = await open();
    let refused = 0;
    records.refuse = (sent) => {
      if (sent[0]?.key !== even) return;
      refused += 1;
      throw new PublishFailed('nobody knows');
    };
    await expect(outlet.carry([event(1, even), event(2, odd)])).rejects.toThrow(PublishFailed);
    expect([refused, outlet.checkpoints().get(0), outlet.checkpoints().get(1)?.position]).toEqual([
      1,
      undefined,
      2n,
    ]);
  });
});
