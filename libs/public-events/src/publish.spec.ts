import { inspect } from 'node:util';
import { canary, canaryEvents } from './canary.fixture.js';
import { UnknownPublication, publicEvent, publications, typeOf } from './publish.js';
import { Contract, ContractBroken, readSchemas } from './schemas.js';

const contract = new Contract();
const [logged, assigned] = canaryEvents;

const correlated = ($correlationId: string) =>
  publicEvent({ ...logged!, metadata: { ...logged!.metadata, $correlationId } }).correlationid;

describe('what is published', () => {
  it.each(canaryEvents.map((event) => [event.type, event] as const))(
    'of %s tells of no person and is what its schema says',
    (_, event) => {
      const published = publicEvent(event);
      expect(JSON.stringify(published)).not.toMatch(/CANARY|李奶奶|13800000000/);
      expect(inspect(event, { depth: null })).toContain(canary);
      expect(() => contract.check(published)).not.toThrow();
    },
  );

  it('has a schema for each kind and a kind for each schema', () => {
    const types = Object.values(publications).map(typeOf);
    const superseded = ['cn.yizhan.request.escalated.v1']; // what was published of it stays readable
    expect([...readSchemas().keys()].toSorted()).toEqual([...types, ...superseded].toSorted());
    expect(canaryEvents.map(({ type }) => type).toSorted()).toEqual(Object.keys(publications).toSorted());
  });

  it('carries who it is about, when it happened and where it stands', () =>
    expect(publicEvent(logged!)).toEqual({
      id: '0b6f3a52-7a3c-5d0e-8a4c-0c2c4b4b6a11',
      type: 'cn.yizhan.request.logged.v1',
      source: '/eventstore/request-YFXJ-261122-7K3QQ',
      subject: 'YFXJ-261122-7K3QQ',
      time: '2026-11-22T01:30:00.000Z',
      recordedtime: '2026-11-22T01:31:00.000Z',
      streamrevision: '3',
      partitionkey: 'request-YFXJ-261122-7K3QQ',
      position: '4711',
      correlationid: expect.stringMatching(/^[0-9a-f-]{36}$/),
      causationid: expect.stringMatching(/^[0-9a-f-]{36}$/),
      data: {
        requestId: 'YFXJ-261122-7K3QQ',
        station: 'YFXJ',
        community: '翠湖社区',
        street: '永丰街道',
        district: '海淀区',
        timeZone: 'Asia/Shanghai',
        category: '扫雪除冰',
        residentDistrict: '朝阳区',
        channel: 'walk-in',
        anonymous: false,
        importedFrom: 'register',
        partOf: 'YFXJ-261122-M4YBZ',
      },
    }));

  it('says which trace it belongs to, where the demand came with one', () => {
    const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
    const traced = { ...logged!, metadata: { ...logged!.metadata, traceparent } };
    expect(publicEvent(traced)).toEqual({ ...publicEvent(logged!), traceparent });
  });

  it('names a demand as its caller did where that is a UUID, and else by a name made of it', () => {
    const uuid = 'b7d7c9a2-9c3a-4f6f-9a52-6d7a1f3c9e10';
    expect(correlated(uuid)).toBe(uuid);
    expect(correlated('13800000000')).toMatch(/^[0-9a-f-]{36}$/);
    expect(correlated('13800000000')).toBe(correlated('13800000000'));
    expect(correlated(`${uuid} 13800000000`)).not.toContain('138');
  });

  it('names units and no persons', () =>
    expect(publicEvent(assigned!).data).toMatchObject({
      to: { kind: 'property', id: 'property-5', name: '城建物业' },
      helpers: [
        { kind: 'volunteer', id: null, name: null },
        { kind: 'neighbour', id: null, name: null },
      ],
    }));

  it('is nothing where nobody said how a type looks in public', () =>
    expect(() => publicEvent({ ...logged!, type: 'RequestSung' })).toThrow(UnknownPublication));
});

describe('a contract', () => {
  const published = publicEvent(assigned!);

  it.each([
    ['a field that it does not name', { ...published.data, note: 'x' }],
    ['one inside another', { ...published.data, to: { kind: 'property', id: 'a', name: 'b', phone: '138' } }],
    ['the lack of one that it names', { ...published.data, helpers: undefined }],
    ['a value of another kind', { ...published.data, helpers: 'all' }],
    ['a value that is none of its own', { ...published.data, to: { kind: 'police', id: 'a', name: 'b' } }],
  ])('refuses %s', (_, data) => {
    const broken = { ...published, data: JSON.parse(JSON.stringify(data)) as object };
    expect(() => contract.check(broken)).toThrow(ContractBroken);
  });

  it('refuses a type that nobody described', () =>
    expect(() => contract.check({ ...published, type: 'cn.yizhan.request.sung.v1' })).toThrow(
      'cn.yizhan.request.sung.v1 has no schema',
    ));
});
