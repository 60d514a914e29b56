import type { Handler, LoggedAt } from '#requests';
import { timesIn } from './local-time.js';
import {
  type Profile,
  checkCells,
  closed,
  code,
  created,
  described,
  key,
  named,
  resolvedAndClosed,
} from './profile.js';
import { isoDate } from './written-dates.js';

const timeZone = 'America/New_York';
export const caseworkColumns = [
  'unique_key',
  'account',
  'opendate',
  'closedate',
  'complaint_type',
  'descriptor',
  'council_dist',
] as const;

/**
 * Casework of the New York City Council (NYC Open Data 9hzi-kbqb). The office that logged a case is its station, its
 * district and its handler. A type is kept as the office wrote it, the form's own "Please choose an issue..." too; an
 * empty one is no category. Dates have no time.
 */
export function caseworkProfile(): Profile {
  const read = timesIn(timeZone, isoDate);
  return {
    name: 'casework',
    timeZone,
    columns: caseworkColumns,
    read(cells) {
      checkCells(cells, caseworkColumns);
      const office = code(cells['account']);
      const unique = key(cells['unique_key']);
      const opened = created(cells['opendate'], read);
      const done = closed(cells['closedate'], read, opened);
      const category = named(cells['complaint_type']);
      return {
        key: unique,
        station: officeStation(office),
        day: opened.day,
        by: 'casework',
        loggedAt: opened.at,
        log: {
          ...described(cells['descriptor'] || category || '(no description)'),
          category,
          residentDistrict: named(cells['council_dist']),
          channel: 'walk-in',
        },
        steps: [
          { command: { type: 'Assign', data: { to: officeHandler(office) } }, at: opened.at },
          ...(done ? resolvedAndClosed('Closed', done.at) : []),
        ],
      };
    },
  };
}

const officeStation = (office: string): LoggedAt => ({
  code: office,
  name: office,
  community: office,
  street: office,
  district: office,
  timeZone,
});

const officeHandler = (office: string): Handler => ({ id: office, kind: 'department', name: office });
