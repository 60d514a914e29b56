import type { Handler, RequestCommand, ResolvedAnswer, SatisfiedAnswer } from '#requests';
import type { Town } from './town.js';

export const unit = (id: string): Handler => ({ id, kind: 'property', name: `${id}物业` });

/**
 * What the resident says when she is called back, and whether the unit had been in touch (it had; null: not asked);
 * `unreachable`: nothing, three times.
 */
export type Judgement = 'unreachable' | [ResolvedAnswer, SatisfiedAnswer, contactedByUnit?: boolean | null];

type Logging = Parameters<Town['log']>[2];

const call = (
  at: string,
  data: Partial<Extract<RequestCommand, { type: 'RecordCallback' }>['data']>,
): RequestCommand => ({ type: 'RecordCallback', data: { contacted: false, at, ...data } });

export function judge(at: string, judgement: Judgement): RequestCommand[] {
  if (judgement === 'unreachable') {
    return [1, 2, 3].map((minute) => call(at.replace(':00.', `:0${minute}.`), {}));
  }
  const [resolved, satisfied, contactedByUnit = true] = judgement;
  return [call(at, { contacted: true, contactedByUnit: contactedByUnit ?? undefined, resolved, satisfied })];
}

/** A request that a unit resolves at once, and what its resident says of it. */
export async function judged(
  town: Town,
  station: string,
  by: Handler,
  judgement?: Judgement,
  { at = '2026-11-02T02:00:00.000Z', ...data }: Logging & { at?: string } = {},
): Promise<string> {
  const id = await town.log(station, at, data);
  await town.act(
    id,
    at,
    { type: 'Assign', data: { to: by } },
    { type: 'Resolve', data: { outcome: '已清理' } },
  );
  if (judgement) await town.act(id, at, ...judge(at, judgement));
  return id;
}
