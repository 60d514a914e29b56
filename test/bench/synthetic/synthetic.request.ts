import { type EventToAppend, type Metadata, decideAll } from '#event-sourcing';
import {
  type Handler,
  type LoggedAt,
  type RequestCommand,
  type RequestEvent,
  requestDecider,
  requestId,
  requestSchema,
  requestStream,
} from '#requests';

const summaries = [
  '楼前路面结冰',
  '楼道灯不亮',
  '下水道反味',
  '自行车堵门',
  '电动车飞线充电',
  '水管漏水',
  '广场舞噪音',
];
const categories = [
  '扫雪除冰',
  '公共照明',
  '供水排水',
  '环境卫生',
  '消防隐患',
  '房屋维修',
  '噪音扰民',
  '其他',
];
const property: Handler = { id: 'yangguang-wuye', kind: 'property', name: '阳光物业' };
const hour = 3_600_000;
const year = 365 * 24 * hour;

export type SyntheticRequest = { stream: string; events: EventToAppend<RequestEvent>[] };

/**
 * The life of request `index`, the same whenever it is asked for: logged at a time spread evenly over the year before
 * `until` (milliseconds since 1970, UTC), seven of ten closed after a call back, two resolved, one open.
 */
export function syntheticRequest(
  index: number,
  station: LoggedAt,
  until: number,
  derivation = 0,
): SyntheticRequest {
  const scattered = (index * 2_654_435_761) % 4_294_967_296; // Knuth's multiplicative hash
  const logged = until - (scattered / 4_294_967_296) * year;
  const day = new Date(logged + 8 * hour).toISOString().slice(0, 10); // Shanghai
  const id = requestId(station.code, day, `synthetic:${index}`, derivation);
  const life = [...steps(index, scattered)].filter((_, step) => step < (scattered % 10 < 7 ? 6 : 4));
  const told = scattered % 10 === 9 ? [] : life;
  const commands: { command: RequestCommand; at: number }[] = [
    { command: { type: 'LogRequest', data: stated(id, index, scattered, station) }, at: logged },
    ...told.map(({ command, after }) => ({ command: command(logged + after), at: logged + after })),
  ];
  const metadata = (at: number): Metadata => ({
    $correlationId: 'synthetic',
    $causationId: `synthetic:${index}`,
    actor: { subject: 'synthetic', name: '张连生', role: 'volunteer', station: station.code },
    occurredAt: new Date(at).toISOString(),
    schema: requestSchema,
    commandHash: 'synthetic',
  });
  const stream = requestStream(id);
  return {
    stream,
    events: decideAll(
      requestDecider,
      stream,
      `synthetic:${index}`,
      commands.map(({ command, at }) => ({ command, metadata: metadata(at) })),
    ),
  };
}

function stated(requestId: string, index: number, scattered: number, station: LoggedAt) {
  return {
    requestId,
    station,
    summary: `${(index % 40) + 1}号楼${summaries[scattered % summaries.length]}`,
    details: '居民反映多次，请尽快处理。',
    category: categories[scattered % categories.length],
    place: { building: `${(index % 40) + 1}号楼`, unit: `${(index % 4) + 1}单元` },
    resident: { name: '王秀英', phone: '13800000000', flat: `${(index % 600) + 101}` },
    channel: 'walk-in' as const,
  };
}

function* steps(
  index: number,
  scattered: number,
): Generator<{ after: number; command: (at: number) => RequestCommand }> {
  const pace = 1 + (scattered % 72); // hours to the resolution
  yield { after: 0.1 * hour, command: () => ({ type: 'Assign', data: { to: property } }) };
  yield { after: 0.5 * hour, command: () => ({ type: 'Accept', data: { by: property.id } }) };
  const note = `物业已到现场（${index % 97}）`;
  yield {
    after: 0.5 * pace * hour,
    command: (at) => ({
      type: 'RecordProgress',
      data: { by: property.id, note, at: new Date(at).toISOString() },
    }),
  };
  yield {
    after: pace * hour,
    command: () => ({ type: 'Resolve', data: { by: property.id, outcome: '已处理' } }),
  };
  yield {
    after: (pace + 24) * hour,
    command: (at) => ({
      type: 'RecordCallback',
      data: { contacted: true, resolved: 'yes', satisfied: 'yes', at: new Date(at).toISOString() },
    }),
  };
  yield { after: (pace + 25) * hour, command: () => ({ type: 'Close', data: {} }) };
}
