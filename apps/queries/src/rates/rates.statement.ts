import { columnNames, tablesOf } from '#read-store';
import type { Basis } from '../statistics/statistics.cells.js';
import { above, facts, measures, ofKind, rateNames, within } from './rates.measures.js';
import { ratesProjection } from './rates.projection.js';

const { rows, past } = tablesOf(ratesProjection);
const columns = columnNames(ratesProjection, 'r');
const dayOf: Record<Basis, string> = { creation: 'logged_day', closing: 'closed_day' };

/**
 * `stood`: the requests of a district that were created (or closed) or due in a window, as they stood at a position. What holds
 * now is in the one table, what ended later than the position in the other; nothing that was recorded later is in either. Values: district, position, first and last day, the moment of the position,
 * the categories that the policy leaves out.
 */
export function stood(by: Basis): string {
  const window = `${dayOf[by]} between $3::date and $4::date`;
  const due = 'due_day between $3::date and $4::date';
  const then = `r.district = $1 and r.since <= $2::bigint and (${window} or ${due})`;
  const once = `in_window and not part and standing not in ('merged', 'excluded')`;
  return `with known as (
      select ${columns} from ${rows} r where ${then}
      union all
      select ${columns} from ${past} r where ${then} and r.until > $2::bigint
    ), placed as (
      select *, coalesce(${window}, false) as in_window, coalesce(${due}, false) as due_in_window,
        due_at is not null as has_deadline, coalesce(paused_at < due_at, false) as paused, due_at > $5::timestamptz as not_due_yet, resolved_at <= due_at as in_time,
        matter is not null as has_matter, coalesce(category = any($6::text[]), false) as left_out
      from known
    ), stood as (
      select *, row_number() over (
        partition by case when ${once} then matter end collate "C" order by logged_position
      ) > 1 as again from placed
    )`;
}

/** Each request once for every unit that it was given to, and once where it was given to none. */
export const givenTo = (requests: string): string => `${requests} left join lateral (
    select key as given_to, value->>'name' as given_name, value->>'kind' as given_kind, (value->>'returned')::boolean as returned, nth
    from jsonb_each(assignments) with ordinality as each (key, value, nth)
  ) given on true`;

/** Of one moment: what the moment is, and a district's first zone. $1: district, $2: position. */
export const moment = `select
    (select recorded_at from (
      (select since, recorded_at from ${rows} where since <= $2::bigint order by since desc limit 1)
      union all
      (select since, recorded_at from ${past} where since <= $2::bigint order by since desc limit 1)
    ) known order by since desc limit 1) as "recordedAt",
    (select time_zone from ${rows} where district = $1 order by logged_position limit 1) as "timeZone"`;

const counted = (name: string, condition: string): string =>
  `coalesce(sum(many) filter (where ${condition}), 0)::integer as "${name}"`;

const { resolution, resolved, satisfaction, 'on-time': onTime } = measures;

const ofLeads = rateNames.filter((rate) => measures[rate].whose === 'lead');

/**
 * What is counted of each unit that leads, apart for every name and kind it was given. Those that are alike are counted first, and
 * told apart once.
 */
export const counts = (by: Basis): string => `${stood(by)}, alike as (
    select lead, lead_name, lead_kind, ${facts.join(', ')}, max(since) as since, count(*) as many
    from stood group by lead, lead_name, lead_kind, ${facts.join(', ')}
  )
  select lead, lead_name as name, lead_kind as kind, max(since) as since,
    ${counted('received', within(resolved))},
    ${counted('resolved', above(resolved))},
    ${counted('partlyResolved', ofKind(resolution, 'partly'))},
    ${counted('satisfied', ofKind(satisfaction, 'yes'))},
    ${counted('mostlySatisfied', ofKind(satisfaction, 'mostly'))},
    ${counted('resolvedLate', ofKind(onTime, 'late'))},
    ${counted('overdue', ofKind(onTime, 'overdue'))},
    ${ofLeads.map((rate) => counted(`${rate}_of`, within(measures[rate]))).join(', ')},
    ${ofLeads.map((rate) => counted(`${rate}_is`, above(measures[rate]))).join(', ')}
  from alike group by lead, lead_name, lead_kind`;

/** What is counted of each unit that was given something, whoever leads. */
export const returnCounts = (by: Basis): string => `${stood(by)}, alike as (
    select *, 1 as many from ${givenTo('placed')}
  )
  select given_to as lead, given_name as name, given_kind as kind, max(since) as since,
    ${counted('returns_of', within(measures.returns))}, ${counted('returns_is', above(measures.returns))}
  from alike where given_to is not null and ${measures.returns.of} group by given_to, given_name, given_kind`;
