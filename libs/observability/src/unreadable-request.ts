import { randomUUID } from 'node:crypto';
import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import { type AnswerTo, Problem, answerProblem } from '#problems';
import { correlationHeader } from './correlation.js';

/** Answers what is not even HTTP, say an address whose characters are not escaped, as a problem too, and hangs up. */
export function refuseUnreadable(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) return void socket.destroy();
  if (error.code === 'ERR_HTTP_REQUEST_TIMEOUT') {
    return void socket.end(`HTTP/1.1 408 ${STATUS_CODES[408]}\r\nconnection: close\r\n\r\n`);
  }
  const id = randomUUID();
  const reply = new RawReply(socket).header(correlationHeader, id);
  answerProblem(new Problem('malformed-request'), { id, url: '', method: '', headers: {} }, reply);
}

class RawReply implements AnswerTo {
  private status = 400;
  private readonly headers: string[] = ['connection: close'];

  constructor(private readonly socket: Socket) {}

  code(status: number): this {
    this.status = status;
    return this;
  }

  header(name: string, value: string): this {
    this.headers.push(`${name}: ${value}`);
    return this;
  }

  send(body: string): void {
    this.header('content-length', String(Buffer.byteLength(body)));
    const start = `HTTP/1.1 ${this.status} ${STATUS_CODES[this.status]}`;
    this.socket.end(`${start}\r\n${this.headers.join('\r\n')}\r\n\r\n${body}`);
  }
}
