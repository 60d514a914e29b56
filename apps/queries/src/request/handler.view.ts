import { ApiProperty } from '@nestjs/swagger';
import type { Principal } from '#access';
import { type Handler, handlerKinds, persons, residents, withoutNames } from '#requests';

const maybe = { nullable: true, type: String } as const;
const hidden = 'Null where it is a person whom the caller is not told of.';

export class HandlerView {
  @ApiProperty({ ...maybe, example: 'wuye-yf', description: hidden }) readonly id!: string | null;
  @ApiProperty({ enum: handlerKinds, example: 'property' }) readonly kind!: string;
  @ApiProperty({ ...maybe, example: '永丰物业', description: hidden }) readonly name!: string | null;
}

/** The kinds of handlers whose names a caller is not told: analysts know no persons, handlers no residents. */
export function unnamedKinds({ role }: Principal): readonly Handler['kind'][] {
  if (role === 'analyst') return persons;
  return role === 'handler' ? residents : [];
}

/** A handler as the caller may see it; everybody knows herself. */
export const handlerView = (handler: Handler, caller: Principal): HandlerView =>
  handler.id === caller.scope.unit ? handler : withoutNames(handler, unnamedKinds(caller));
