import type { Principal, Role, Scope } from '#access';
import {
  endProcesses,
  startStation,
  type StationOptions,
  type StationProcess,
  tokenFor,
} from '../processes/station.process.js';
import { type Answered, type Asking, type Client, clientOf, knowing } from './client.js';
import { type EventLog, openEventLog } from './event-log.js';

/** Two stations with no level in common: whoever belongs to the one is a stranger at the other. */
export const here = {
  code: 'YFXJ',
  name: '幸福小区驿站',
  community: '幸福社区',
  street: '朝阳街道',
  district: '和平区',
};
export const elsewhere = {
  code: 'HYL',
  name: '槐荫里驿站',
  community: '槐荫社区',
  street: '河西街道',
  district: '新城区',
};
export type Place = typeof here;

export const property = { id: 'yangguang-wuye', kind: 'property', name: '阳光物业' };
export const committee = { id: 'xingfu-juweihui', kind: 'committee', name: '幸福社区居委会' };

/** What each role's token names at a place. */
export const scopeAt = ({ code, community, street, district }: Place): Record<Role, Scope> => ({
  volunteer: { station: code },
  coordinator: { community },
  supervisor: { street },
  handler: { unit: code === here.code ? property.id : 'lvyin-wuye' },
  auditor: { district },
  analyst: { district },
  admin: {},
});

export type Tokens = Readonly<Record<Role, string>>;

export type Town = Client & {
  station: StationProcess;
  events: EventLog;
  /** Tokens of people who belong here. */
  tokens: Tokens;
  token: (role: Role, scope?: Scope, who?: Partial<Principal> & { expiresIn?: string }) => Promise<string>;
  /** Says a command to a request; as a volunteer of the place when nobody is named. */
  say: (id: string, route: string, body?: object, asking?: Asking) => Promise<Answered>;
  /** Logs a request here and gives its number. */
  logged: (body?: object, asking?: Asking) => Promise<string>;
  /** Logs one and leads it there. */
  inState: (state: 'logged' | 'assigned' | 'accepted' | 'resolved' | 'closed') => Promise<string>;
  leave: () => Promise<void>;
};

export const ice = {
  summary: '5号楼前路面结冰，老人出行易摔',
  category: '扫雪除冰',
  channel: 'walk-in',
  place: { building: '5号楼', unit: '2单元' },
};

/** A station process with both stations opened, one for each spec file. */
export async function openTown(options: StationOptions = {}): Promise<Town> {
  const station = await startStation(options);
  return townAt(station, options.env?.['EVENTSTORE_URL'] ?? (await station.eventStoreUrl()));
}

/** Both stations opened at a process that takes commands and knows no station yet. */
export async function townAt(station: StationProcess, eventStoreUrl: string): Promise<Town> {
  const client = clientOf(station.url);
  const events = openEventLog(eventStoreUrl);
  const tokens = await tokensAt(station.home, here);
  for (const place of [here, elsewhere]) {
    const opened = succeeded(await client.post('/v1/stations', place, { as: tokens.admin }));
    // Whoever reads without a token finds it, too. A process that only takes commands has no such page.
    const shown = await client.get('/v1/districts', { as: tokens.analyst, headers: knowing(opened) });
    if (shown.status !== 404) succeeded(shown);
  }
  const say: Town['say'] = (id, route, body = {}, asking = {}) =>
    client.post(`/v1/requests/${id}/${route}`, body, { as: tokens.volunteer, ...asking });
  const logged: Town['logged'] = async (body = ice, asking = {}) =>
    succeeded(await client.post('/v1/requests', body, { as: tokens.volunteer, ...asking })).body.id;
  return {
    ...client,
    station,
    events,
    tokens,
    token: station.token,
    say,
    logged,
    inState: async (state) => {
      const id = await logged();
      for (const [route, body] of wayTo[state]) succeeded(await say(id, route, body));
      return id;
    },
    leave: async () => {
      await events.dispose();
      await endProcesses();
    },
  };
}

const assigned = ['assignment', { to: property }] as const;
const accepted = ['acceptance', {}] as const;
const resolved = ['resolution', { outcome: '物业已清理' }] as const;
const wayTo = {
  logged: [],
  assigned: [assigned],
  accepted: [assigned, accepted],
  resolved: [assigned, accepted, resolved],
  closed: [assigned, accepted, resolved, ['closing', {}]],
} as const;

/** Everybody's token at a place, by role. */
export async function tokensAt(home: string, place: Place): Promise<Tokens> {
  const scopes = Object.entries(scopeAt(place)) as [Role, Scope][];
  const issued = scopes.map(async ([role, scope]) => [role, await tokenFor(home, role, scope)] as const);
  return Object.fromEntries(await Promise.all(issued)) as Tokens;
}

/** The answer, or a failure that says what was answered instead. */
export function succeeded(answer: Answered): Answered {
  if (answer.status < 300) return answer;
  throw new Error(`answered ${answer.status}: ${answer.text}`);
}
