import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { Problem } from '#problems';
import type { Asking } from './caller.decorator.js';

const loopback = /^(127\.|::1$|::ffff:127\.)/;
const passedOn = ['forwarded', 'x-forwarded-for', 'x-real-ip', 'via'];

/** Only for processes on the same machine; to everybody else the route does not exist. */
@Injectable()
export class LoopbackOnly implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    const { socket, headers } = context.switchToHttp().getRequest<Asking>();
    // Behind a proxy on the same machine every connection is a local one.
    const proxied = passedOn.some((name) => headers[name] !== undefined);
    if (proxied || !loopback.test(socket.remoteAddress ?? '')) throw new Problem('not-found-route');
    return true;
  }
}
