import type { StationEvent } from '#stations';
import { rowAfter } from '../spec/recorded.js';
import { stationProjection } from './station.projection.js';

const opened: StationEvent = {
  type: 'StationOpened',
  data: {
    code: 'YFXJ',
    name: '幸福家园驿站',
    community: '翠湖社区',
    street: '永丰街道',
    district: '海淀区',
    timeZone: 'Asia/Shanghai',
  },
};
const renamed: StationEvent = { type: 'StationRenamed', data: { name: '幸福里驿站' } };
const closed: StationEvent = { type: 'StationClosed', data: { reason: '搬迁' } };

const given = (...events: StationEvent[]) => rowAfter(stationProjection, 'station-YFXJ', events);
const row = {
  code: 'YFXJ',
  name: '幸福家园驿站',
  community: '翠湖社区',
  street: '永丰街道',
  district: '海淀区',
  time_zone: 'Asia/Shanghai',
  open: true,
};

describe('the station read model', () => {
  it('has a row for a station that opened', () => expect(given(opened)).toEqual(row));

  it('shows the name a station was given last', () =>
    expect(given(opened, renamed)).toEqual({ ...row, name: '幸福里驿站' }));

  it('keeps a closed station', () => expect(given(opened, closed)).toEqual({ ...row, open: false }));

  it('makes no row of a stream whose beginning is gone', () =>
    expect(given(renamed, closed)).toBeUndefined());

  it('keeps the row under the code of the stream', () =>
    expect(stationProjection.rowOf({ stream: 'station-YFXJ' } as never)).toBe('YFXJ'));
});
