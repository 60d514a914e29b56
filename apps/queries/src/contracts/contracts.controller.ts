import { Controller, Get, Header, Inject, Param } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { Open } from '#access';
import { ApiProblems, Problem } from '#problems';
import { Contract, asyncApi, readSchemas, publicTopic } from '#public-events';

import { PUBLIC_URL } from '../events/events.settings.js';

const free = { type: 'object', additionalProperties: true } as const;

/** What subscribers may rely on: as open as the documentation of the API. */
@ApiTags('events 事件')
@Controller()
export class ContractsController {
  private readonly documents = new Map<string, object>();
  private readonly api: object;

  constructor(@Inject(PUBLIC_URL) base: string) {
    const schemas = readSchemas();
    const { name: topic, partitions } = publicTopic;
    this.api = asyncApi(schemas, { topic, partitions, base });
    for (const [type, schema] of schemas) {
      const path = Contract.path(type);
      this.documents.set(path, { ...schema, $id: base + path });
    }
  }

  @Get('asyncapi.json')
  @Open()
  @Header('cache-control', 'public, max-age=300')
  @ApiOperation({
    summary: 'AsyncAPI document of the events 事件说明',
    description: 'AsyncAPI 3.1 of the Kafka topic; its messages are the events of `GET /v1/events` as well.',
  })
  @ApiOkResponse({ schema: free })
  @ApiProblems('internal')
  asyncApi(): object {
    return this.api;
  }

  @Get('schemas/:file')
  @Open()
  @Header('content-type', 'application/schema+json')
  @Header('cache-control', 'public, max-age=300')
  @ApiOperation({
    summary: 'JSON Schema of an event 事件格式',
    description: 'Where `dataschema` of an event leads. Within a version there are only additions.',
  })
  @ApiParam({ name: 'file', example: 'request.assigned.v1.json' })
  @ApiOkResponse({ content: { 'application/schema+json': { schema: free } } })
  @ApiProblems('malformed-request', 'not-found-route', 'internal')
  schema(@Param('file') file: string): object {
    const schema = this.documents.get(`/schemas/${file}`);
    if (!schema) throw new Problem('not-found-route');
    return schema;
  }
}
