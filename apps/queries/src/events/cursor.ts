import { createHmac, timingSafeEqual } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { Problem } from '#problems';
import { CURSOR_SECRET } from './events.settings.js';

/** Turns positions into opaque texts that are good for one subscriber only, and back. */
export type Cursor = {
  at: (position: bigint) => string;
  /** Throws the problems `unknown-cursor` for what was never given out, `foreign-cursor` for what was given to others. */
  read: (cursor: string) => bigint;
};

const sizes = { position: 8, owner: 12, seal: 16 }; // bytes: 48 characters in all
const form = /^[\w-]{48}$/;

@Injectable()
export class Cursors {
  constructor(@Inject(CURSOR_SECRET) private readonly secret: Buffer) {}

  /** `owner` names who subscribes, and to what. */
  of(owner: string): Cursor {
    const mark = this.hash(Buffer.from(owner)).subarray(0, sizes.owner);
    return {
      at: (position) => this.sealed(position, mark).toString('base64url'),
      read: (cursor) => this.opened(cursor, mark),
    };
  }

  private sealed(position: bigint, owner: Buffer): Buffer {
    const bytes = Buffer.alloc(sizes.position + sizes.owner);
    bytes.writeBigInt64BE(position);
    owner.copy(bytes, sizes.position);
    return Buffer.concat([bytes, this.hash(bytes).subarray(0, sizes.seal)]);
  }

  private opened(cursor: string, owner: Buffer): bigint {
    if (!form.test(cursor)) throw new Problem('unknown-cursor');
    const bytes = Buffer.from(cursor, 'base64url');
    const position = bytes.readBigInt64BE();
    const whose = bytes.subarray(sizes.position, sizes.position + sizes.owner);
    if (!timingSafeEqual(bytes, this.sealed(position, whose))) throw new Problem('unknown-cursor');
    if (!timingSafeEqual(whose, owner)) throw new Problem('foreign-cursor');
    return position;
  }

  private hash(bytes: Buffer): Buffer {
    return createHmac('sha256', this.secret).update(bytes).digest();
  }
}
