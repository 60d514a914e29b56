import { specification } from '#event-sourcing';
import { type StationCommand, stationDecider } from './station.decider.js';
import { type StationEvent, stationCode, stationStream } from './station.events.js';
import { upcastStation } from './station.upcast.js';

const given = specification(stationDecider);

const facts = {
  code: 'YFXJ',
  name: '幸福家园驿站',
  community: '翠湖社区',
  street: '永丰街道',
  district: '海淀区',
  timeZone: 'Asia/Shanghai',
};
const open: StationCommand = { type: 'OpenStation', data: facts };
const rename: StationCommand = { type: 'RenameStation', data: { name: '党群服务站' } };
const close: StationCommand = { type: 'CloseStation', data: { reason: '合并' } };
const opened: StationEvent = { type: 'StationOpened', data: facts };
const renamed: StationEvent = { type: 'StationRenamed', data: { name: '党群服务站' } };
const closed: StationEvent = { type: 'StationClosed', data: { reason: '合并' } };

describe('opening a station', () => {
  it('says where it stands and which days are its days', () => given().when(open).thenEmits(opened));

  it('stores the facts that are named and nothing else', () =>
    given()
      .when({ type: 'OpenStation', data: { ...facts, mood: 'grey' } as typeof facts })
      .thenEmits(opened));

  it('twice is once', () => given(opened).when(open).thenNothing());

  it.each(['name', 'community', 'street', 'district', 'timeZone'] as const)(
    'with another %s is another station, and the code is taken',
    (fact) =>
      given(opened)
        .when({ type: 'OpenStation', data: { ...facts, [fact]: '别的' } })
        .thenRejected('station-code-taken'),
  );

  it('under its first name is refused once it has another', () =>
    given(opened, renamed).when(open).thenRejected('station-code-taken'));

  it('again after it was closed is refused: its numbers are given out', () =>
    given(opened, closed).when(open).thenRejected('station-code-taken'));
});

describe('renaming a station', () => {
  it('gives it another name', () => given(opened).when(rename).thenEmits(renamed));
  it('twice is once', () => given(opened, renamed).when(rename).thenNothing());
  it('back is possible', () =>
    given(opened, renamed)
      .when({ type: 'RenameStation', data: { name: facts.name } })
      .thenEmits({ type: 'StationRenamed', data: { name: facts.name } }));
  it('needs a station', () => given().when(rename).thenRejected('station-unknown'));
  it('is refused once it is closed', () => given(opened, closed).when(rename).thenRejected('station-closed'));
  it('to the name it had when it closed changes nothing', () =>
    given(opened, renamed, closed).when(rename).thenNothing());
});

describe('closing a station', () => {
  it('takes a reason', () => given(opened).when(close).thenEmits(closed));
  it('twice is once', () => given(opened, closed).when(close).thenNothing());
  it('needs a station', () => given().when(close).thenRejected('station-unknown'));
});

describe('a station’s code', () => {
  it.each(['YF', 'YFXJ', 'NYCC03', '12', 'ABCDEFGHIJKL'])('may be %s', (code) =>
    expect(code).toMatch(stationCode),
  );
  it.each(['', 'Y', 'yfxj', 'YF-XJ', '驿站', 'ABCDEFGHIJKLM', 'YFXJ\n'])('may not be %j', (code) =>
    expect(code).not.toMatch(stationCode),
  );
  it('names its stream', () => expect(stationStream('YFXJ')).toBe('station-YFXJ'));
});

describe('stations stored with schema 1', () => {
  it.each([
    [
      'StationOpened',
      '{"code":"YFXJ","name":"幸福家园驿站","community":"翠湖社区","street":"永丰街道","district":"海淀区","timeZone":"Asia/Shanghai"}',
      opened,
    ],
    ['StationRenamed', '{"name":"党群服务站"}', renamed],
    ['StationClosed', '{"reason":"合并"}', closed],
  ])('are read as they stand: %s', (type, json, event) =>
    expect(upcastStation({ type, data: JSON.parse(json) as object, schema: 1 })).toEqual(event),
  );
});
