import type { Channel, LoggedAt } from '#requests';
import { localTime, timesIn } from './local-time.js';
import {
  type Life,
  type Profile,
  checkCells,
  closed,
  created,
  described,
  key,
  named,
  resolvedAndClosed,
} from './profile.js';
import { Quarantined } from './quarantine.reason.js';
import { americanTime } from './written-dates.js';

const timeZone = 'America/New_York';
export const baltimore311Columns = [
  'SRRecordID',
  'SRType',
  'MethodReceived',
  'CreatedDate',
  'SRStatus',
  'DueDate',
  'CloseDate',
  'Agency',
  'CouncilDistrict',
] as const;

const station: LoggedAt = {
  code: 'BALT311',
  name: 'Baltimore 311',
  community: 'Baltimore',
  street: 'Baltimore',
  district: 'Baltimore',
  timeZone,
};

// What a city's call centre calls the way in. `Internal` is its own inspectors on their rounds.
const channels: Readonly<Record<string, Channel>> = {
  Phone: 'phone',
  Mail: 'paper',
  Internal: 'patrol',
};

// The city counts so many days from the creation, also into the night when the clocks go forward.
const due = (text: string | undefined): Life['log']['deadlines'] =>
  text
    ? [{ kind: 'resolution', dueAt: localTime(americanTime(text), timeZone, 'hour-after').at }]
    : undefined;

/**
 * Baltimore’s 311 requests: one station, a department for each agency. A status that begins with `Closed` needs a close
 * date; without one the row contradicts itself. Any other status is open, and a close date beside it is refused likewise.
 * What comes neither by phone nor by mail nor from inside came online (API, Web, Email, System, Other). A due date is the
 * city’s word and is kept as it stands, also where it lies before the creation; rows without one are due at no time.
 */
export function baltimore311Profile(): Profile {
  const read = timesIn(timeZone, americanTime);
  return {
    name: 'baltimore311',
    timeZone,
    columns: baltimore311Columns,
    read(cells) {
      checkCells(cells, baltimore311Columns);
      const record = key(cells['SRRecordID']);
      const opened = created(cells['CreatedDate'], read);
      const done = closed(cells['CloseDate'], read, opened);
      const status = cells['SRStatus'] ?? '';
      if (status.startsWith('Closed') !== (done !== undefined)) {
        throw new Quarantined(done ? 'closed-while-open' : 'closed-without-date');
      }
      const type = named(cells['SRType']);
      const agency = named(cells['Agency']);
      return {
        key: record,
        station,
        day: opened.day,
        by: 'baltimore311',
        loggedAt: opened.at,
        log: {
          ...described(type ?? '(no description)'),
          category: type,
          residentDistrict: named(cells['CouncilDistrict']),
          channel: channels[cells['MethodReceived'] ?? ''] ?? 'online',
          deadlines: due(cells['DueDate']),
        },
        steps: [
          {
            command: {
              type: 'Assign',
              data: { to: { id: agency ?? station.code, kind: 'department', name: agency ?? station.name } },
            },
            at: opened.at,
          },
          ...(done ? resolvedAndClosed(status, done.at) : []),
        ],
      };
    },
  };
}
