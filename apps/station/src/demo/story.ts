import type * as dto from '../../../commands/src/request/request.dto.js';
import type { Player, Unit } from './cast.js';

/** `HH:MM` on the day that is played, `-1 HH:MM` on the day before it, `now` while the demonstration starts. */
export type Moment = `${number}:${number}` | `-1 ${number}:${number}` | 'now';

/** One POST: who says what to which route of a request, and when. */
export type Step = { at: Moment; by: Player; route: string; body: object };

/** One request's life. The name keeps its idempotency keys apart, so it must not change once it was played. */
export type Scene = { name: string; steps: readonly Step[] };

type Said<Body> = Omit<Body, 'occurredAt'>;

export const scene = (
  name: string,
  at: Moment,
  by: Player,
  logged: Said<dto.LogRequestDto>,
  ...steps: Step[]
): Scene => ({ name, steps: [{ at, by, route: '', body: logged }, ...steps] });

const says =
  <Body>(route: string) =>
  (at: Moment, by: Player, body: Said<Body>): Step => ({ at, by, route, body });

export const assign = (
  at: Moment,
  by: Player,
  to: Unit,
  more: Omit<Said<dto.AssignmentDto>, 'to'> = {},
): Step => ({ at, by, route: 'assignment', body: { to: to.handler, ...more } });

export const accept = (at: Moment, by: Player): Step => ({ at, by, route: 'acceptance', body: {} });
export const giveBack = (at: Moment, by: Player, reason: string): Step =>
  says<dto.ReturnDto>('return')(at, by, { reason });
export const claim = (at: Moment, by: Player, unit?: Unit): Step => ({
  at,
  by,
  route: 'claim',
  body: unit ? { by: unit.handler } : {},
});
export const progress = (at: Moment, by: Player, note: string): Step =>
  says<dto.ProgressDto>('progress')(at, by, { note });
export const contact = says<dto.ContactDto>('contact');
export const resolve = (at: Moment, by: Player, outcome: string): Step =>
  says<dto.ResolutionDto>('resolution')(at, by, { outcome });
export const callBack = says<dto.CallbackDto>('callback');
export const satisfied = (at: Moment, by: Player, note?: string): Step =>
  callBack(at, by, {
    contacted: true,
    contactedByUnit: true,
    resolved: 'yes',
    satisfied: 'yes',
    ...(note ? { note } : {}),
  });
export const unreached = (at: Moment, by: Player, note: string): Step =>
  callBack(at, by, { contacted: false, note });
export const close = (at: Moment, by: Player, note?: string): Step => ({
  at,
  by,
  route: 'closing',
  body: note ? { note } : {},
});
export const reopen = (at: Moment, by: Player, reason: string): Step =>
  says<dto.ReopeningDto>('reopening')(at, by, { reason });
export const escalate = says<dto.EscalationDto>('escalation');
export const pause = (at: Moment, by: Player, reason: string): Step =>
  says<dto.PauseDto>('pause')(at, by, { reason });
export const resume = (at: Moment, by: Player, note: string): Step =>
  says<dto.ResumptionDto>('resumption')(at, by, { note });
export const recategorise = says<dto.CategoryDto>('category');
export const correct = says<dto.CorrectionDto>('correction');
export const withdraw = (at: Moment, by: Player, reason: string): Step =>
  says<dto.WithdrawalDto>('withdrawal')(at, by, { reason });
export const exclude = (at: Moment, by: Player, reason: string): Step =>
  says<dto.ExclusionDto>('exclusion')(at, by, { reason });
