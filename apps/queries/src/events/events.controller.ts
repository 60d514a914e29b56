import { Controller, Get, Headers, Query, Req, Res, UseGuards } from '@nestjs/common';
import { ApiHeader, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Allow, type Asking, Caller, type Principal, authorise } from '#access';
import { ApiProblems, Problem } from '#problems';
import { invalidQuery } from '../invalid-query.js';
import { WellFormedQuery } from '../well-formed-query.js';
import { Cursors } from './cursor.js';
import { EventStreams } from './event-streams.js';
import { example } from './events.example.js';
import { EventsQuery } from './events.query.js';
import { PublicLog } from './public-log.js';
import { type Selection, ownerOf } from './selection.js';
import { StationPlaces } from './station-places.js';

@ApiTags('events 事件')
@Controller('v1/events')
export class EventsController {
  constructor(
    private readonly streams: EventStreams,
    private readonly log: PublicLog,
    private readonly cursors: Cursors,
    private readonly places: StationPlaces,
  ) {}

  @Get()
  @Allow('read-events')
  @UseGuards(WellFormedQuery)
  @ApiOperation({
    summary: 'Follow what happens 订阅事件',
    description:
      'Server-sent events: every event within the caller’s scope, in the order it was recorded, without personal data. `data` is ' +
      'a CloudEvent in JSON, the same as on the Kafka topic (see `/asyncapi.json`); `id` is a cursor. Whoever comes ' +
      'back with the last one in `Last-Event-ID` goes on without gap or double; it is good for the same subscriber, scope ' +
      'and filters. Every 15 s a comment says that the connection is alive, with a newer cursor where there is one. The ' +
      'stream ends with the token, when the server stops, and for a reader that takes nothing for 30 s: come back.',
  })
  @ApiHeader({
    name: 'Last-Event-ID',
    required: false,
    description: 'The last `id` that arrived; goes before `after` and `from`.',
  })
  @ApiOkResponse({
    description: 'Without an end.',
    content: { 'text/event-stream': { schema: { type: 'string' }, example } },
  })
  @ApiProblems(
    'malformed-request',
    'invalid-query',
    'unknown-cursor',
    'foreign-cursor',
    'unknown-station',
    'foreign-station',
    'out-of-scope',
  )
  async follow(
    @Query() query: EventsQuery,
    @Headers('last-event-id') lastEventId: string | undefined,
    @Caller() principal: Principal,
    @Req() request: FastifyRequest & Asking,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const selection = await this.selected(query, principal);
    const cursor = this.cursors.of(ownerOf(selection));
    const now = await this.log.now();
    const given = lastEventId || query.after;
    const after = given ? cursor.read(given) : await this.start(query.from, now);
    if (request.method === 'HEAD') return void reply.type('text/event-stream').send();
    await this.streams.serve(reply, { selection, cursor, after, until: request.until ?? 0 });
  }

  private async start(from = 'now', now: bigint): Promise<bigint> {
    if (from === 'now') return now;
    if (from === 'beginning') return -1n;
    const position = BigInt(from);
    // It would be silent until then, and somebody's mistake.
    if (!(await this.log.reaches(position))) {
      throw invalidQuery('from', `晚于目前已知的位置 ${now}`, `lies ahead of what is known, which is ${now}`);
    }
    return position;
  }

  // What nobody may see of it is refused at once: such a stream would be silent for ever.
  private async selected(query: EventsQuery, principal: Principal): Promise<Selection> {
    const { type, district, station, from, after } = query;
    if (from !== undefined && after !== undefined) {
      throw invalidQuery('after', '不能与 from 同时使用', 'cannot be combined with `from`');
    }
    if (station !== undefined) {
      const place = await this.places.of(station);
      if (!place) throw new Problem('unknown-station', { station });
      authorise(principal, 'read-events', place);
    }
    const own = principal.scope.district;
    if (district !== undefined && own !== undefined && district !== own) throw new Problem('out-of-scope');
    return { principal, type, district, station };
  }
}
