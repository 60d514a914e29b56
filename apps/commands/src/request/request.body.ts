import { Problem } from '#problems';
import type { Handler, Place, RequestCommand, Resident, Stated } from '#requests';
import type { Asked } from '../asked.js';
import type {
  AssignmentDto,
  ClaimDto,
  CorrectionDto,
  HandlerDto,
  PlaceDto,
  ResidentDto,
} from './request.dto.js';

// From bodies to the domain's values: absent is null there, and nothing is copied that is not named.

export const handler = ({ id, kind, name }: HandlerDto): Handler => ({ id, kind, name });

export const place = (body: PlaceDto | undefined): Place | undefined =>
  body && { building: body.building ?? null, unit: body.unit ?? null };

export const resident = (body: ResidentDto | undefined): Resident | undefined =>
  body && { name: body.name ?? null, phone: body.phone ?? null, flat: body.flat ?? null };

export const assignment = (body: AssignmentDto): Extract<RequestCommand, { type: 'Assign' }>['data'] => ({
  to: handler(body.to),
  helpers: body.helpers?.map(handler),
  note: body.note,
  makeLead: body.makeLead,
  leadFrom: body.leadFrom,
});

/** Who claims: the body's handler, or the caller herself. */
export const claimant = ({ by }: ClaimDto, { caller }: Asked): Handler =>
  by ? handler(by) : { id: caller.subject, kind: 'volunteer', name: caller.name };

/** The unit a handler acts for; everybody else acts on the holder's behalf. */
export const unitOf = ({ caller }: Asked): string | undefined => caller.scope.unit;

/** What is to be corrected; a part is replaced as a whole. Throws the problem `nothing-to-correct`. */
export function corrections(body: CorrectionDto): Partial<Stated> {
  const changes: Partial<Stated> = {};
  if (body.summary !== undefined) changes.summary = body.summary;
  if (body.details !== undefined) changes.details = body.details;
  const corrected = { place: place(body.place), resident: resident(body.resident) };
  if (corrected.place) changes.place = corrected.place;
  if (corrected.resident) changes.resident = corrected.resident;
  if (Object.keys(changes).length === 0) throw new Problem('nothing-to-correct');
  return changes;
}
