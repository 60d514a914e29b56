import { fold } from '#event-sourcing';
import { requestDecider } from './request.decider.js';
import type { RequestEvent } from './request.events.js';
import { upcastRequest } from './request.upcast.js';

const read = (type: string, json: string, schema = 1) =>
  upcastRequest({ type, data: JSON.parse(json) as object, schema }) as RequestEvent;

const handler = '{"id":"property-5","kind":"property","name":"城建物业"}';

// What stands in the streams, letter for letter. When a shape changes, these stay and the upcast makes them fit.
const life = [
  read(
    'RequestLogged',
    '{"requestId":"YFXJ-261122-7K3QQ","station":{"code":"YFXJ","name":"幸福家园驿站","community":"翠湖社区","street":"永丰街道","district":"海淀区","timeZone":"Asia/Shanghai"},"summary":"5号楼前路面结冰","details":null,"category":"扫雪除冰","place":{"building":"5号楼","unit":null},"resident":null,"residentDistrict":null,"channel":"walk-in","paper":null,"source":null}',
  ),
  read('Assigned', `{"to":${handler},"helpers":[],"note":null}`),
  read('Returned', `{"by":${handler},"reason":"没有工具"}`),
  read('Escalated', '{"from":"station","to":"community","reason":"物业没有人手","trigger":"hand"}'),
  read('Claimed', '{"by":{"id":"volunteer-8","kind":"volunteer","name":"张连生"}}'),
  read('LeadTransferred', `{"from":{"id":"volunteer-8","kind":"volunteer","name":"张连生"},"to":${handler}}`),
  read('Accepted', `{"by":${handler},"implied":false}`),
  read('ProgressRecorded', '{"note":"已撒盐","at":"2026-11-22T01:30:00.000Z"}'),
  read('ResidentContacted', '{"reached":true,"channel":"phone","note":null,"at":"2026-11-22T01:40:00.000Z"}'),
  read('ClockPaused', '{"approver":"王书记","reason":"等配件"}'),
  read('ClockResumed', '{"note":null}'),
  read('Recategorised', '{"from":"扫雪除冰","to":"道路","reason":null}'),
  read('Corrected', '{"changes":{"details":"早上七点发现"},"reason":"漏写"}'),
  read('Resolved', `{"by":${handler},"outcome":"物业已清理"}`),
  read(
    'CallbackRecorded',
    '{"attempt":1,"contacted":true,"resolved":"no","satisfied":"no","note":null,"at":"2026-11-22T02:00:00.000Z"}',
  ),
  read('Reopened', '{"reason":"callback: not resolved","trigger":"callback"}'),
];

describe('requests stored with schema 1', () => {
  it('are read as they stand', () =>
    expect(fold(requestDecider, life)).toMatchObject({
      status: 'reopened',
      category: '道路',
      stated: {
        summary: '5号楼前路面结冰',
        details: '早上七点发现',
        place: { building: '5号楼', unit: null },
        resident: null,
      },
      holder: { id: 'property-5' },
      lead: { id: 'property-5' },
      level: 'community',
      paused: false,
      returns: 1,
      reopenings: 1,
      callbacks: 1,
      outcome: null,
    }));

  it('say in Chinese why they were opened again, where the program had said so in English', () => {
    expect(life.at(-1)?.data).toEqual({ reason: '居民回访时表示未解决', trigger: 'callback' });
    const written = { reason: 'callback: not resolved', trigger: 'hand' };
    expect(read('Reopened', JSON.stringify(written)).data).toEqual(written);
  });

  it.each([
    ['Closed', '{"note":null}', 'closed'],
    ['Withdrawn', '{"reason":"居民自己解决了"}', 'withdrawn'],
    ['Excluded', '{"approver":"王书记","reason":"不在本社区"}', 'excluded'],
  ])('end with %s %s', (type, json, status) =>
    expect(fold(requestDecider, [...life, read(type, json)]).status).toBe(status),
  );
});
