import { nameId } from '#event-sourcing';
import type { LoggedAt } from '#requests';
import { type LocalTime, timesIn } from './local-time.js';
import {
  type Cells,
  type Life,
  type Profile,
  type Step,
  checkCells,
  created,
  described,
  named,
  resolvedAndClosed,
} from './profile.js';
import { Quarantined } from './quarantine.reason.js';
import { handlersOf } from './register.handlers.js';
import { chineseTime } from './written-dates.js';

export const registerColumns = [
  '登记时间',
  '居民',
  '电话',
  '楼号',
  '单元',
  '反映问题',
  '联系谁',
  '办理情况',
  '办结时间',
  '值班人',
] as const;

/** The paper register of one station (居民反映问题登记表), typed into a table. Its zone is the station's. */
export function registerProfile(station: LoggedAt): Profile {
  const read = timesIn(station.timeZone, chineseTime);
  return {
    name: 'register',
    timeZone: station.timeZone,
    columns: registerColumns,
    read(cells) {
      checkCells(cells, registerColumns);
      const problem = cells['反映问题'];
      if (!problem) throw new Quarantined('missing-text');
      const logged = created(cells['登记时间'], read);
      const done = cells['办结时间'] ? finished(read(cells['办结时间']), logged) : undefined;
      return {
        key: identity(cells, logged),
        station,
        day: logged.day,
        by: named(cells['值班人']) ?? 'register',
        loggedAt: logged.at,
        log: {
          ...described(problem),
          place: { building: cells['楼号'] || null, unit: cells['单元'] || null },
          resident: resident(cells),
          channel: 'paper',
        },
        steps: steps(cells, station, logged, done),
      };
    },
  };
}

// Paper has no keys: the same minute, person, door and words are the same case. Hashed, because a key is shown to those
// who may not see the resident.
const identity = (cells: Cells, logged: LocalTime): string =>
  nameId(
    [logged.at, ...['居民', '楼号', '单元', '反映问题'].map((column) => cells[column] ?? '')].join('\n'),
  );

// A day without a time stands for noon, and a case of that afternoon may well be closed on that day.
function finished(done: LocalTime, logged: LocalTime): string {
  if (done.at >= logged.at) return done.at;
  if (done.dateOnly && done.day === logged.day) return logged.at;
  throw new Quarantined('closed-before-created');
}

function steps(cells: Cells, station: LoggedAt, logged: LocalTime, done: string | undefined): Step[] {
  const [to, ...helpers] = handlersOf(cells['联系谁'] ?? '');
  const note = cells['办理情况'];
  const taken: Step[] = to ? [{ command: { type: 'Assign', data: { to, helpers } }, at: logged.at }] : [];
  if (done) {
    return [
      ...(to ? taken : [ownWork(cells, station, logged)]),
      ...resolvedAndClosed(note || '已办结', done),
    ];
  }
  if (!note) return taken;
  return [...taken, { command: { type: 'RecordProgress', data: { note, at: logged.at } }, at: logged.at }];
}

// Nobody was called and it was done all the same: whoever was on duty did it.
function ownWork(cells: Cells, station: LoggedAt, logged: LocalTime): Step {
  const name = cells['值班人'] || station.name;
  return {
    command: { type: 'Claim', data: { by: { id: name, kind: 'volunteer', name } } },
    at: logged.at,
  };
}

function resident(cells: Cells): Life['log']['resident'] {
  const [name, phone] = [cells['居民'] || null, cells['电话'] || null];
  return name || phone ? { name, phone, flat: null } : undefined;
}
