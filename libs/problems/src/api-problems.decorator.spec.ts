import { Controller, Get, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { DocumentBuilder, SwaggerModule } from '@nestjs/swagger';
import { ApiProblems } from './api-problems.decorator.js';

@Controller('things')
class ThingController {
  @Get()
  @ApiProblems('unknown-request', 'foreign-station', 'foreign-station')
  @ApiProblems('forbidden-role', 'unauthenticated', 'token-expired')
  read(): void {}

  @Get('other')
  @ApiProblems('invalid-query')
  other(): void {}
}

@Module({ controllers: [ThingController] })
class ThingModule {}

type Response = {
  description: string;
  content: { 'application/problem+json': { schema: object; examples: Record<string, { value: object }> } };
};

describe('the documentation of problems', () => {
  let app: NestFastifyApplication;
  let responses: (path: string) => Record<string, Response>;
  let schemas: Record<string, unknown>;

  beforeAll(async () => {
    const adapter = new FastifyAdapter();
    app = await NestFactory.create<NestFastifyApplication>(ThingModule, adapter, { logger: false });
    const document = SwaggerModule.createDocument(app, new DocumentBuilder().build());
    responses = (path) => document.paths[path]?.get?.responses as Record<string, Response>;
    schemas = document.components?.schemas ?? {};
  });
  afterAll(() => app.close());

  it('has one response per status with an example per problem', () => {
    const things = responses('/things');
    expect(Object.keys(things)).toEqual(expect.arrayContaining(['401', '403', '404']));
    const { schema, examples } = things['403']?.content['application/problem+json'] ?? {};
    expect(schema).toEqual({ $ref: '#/components/schemas/ProblemDocument' });
    expect(Object.keys(examples ?? {}).sort()).toEqual(['forbidden-role', 'foreign-station']);
    expect(examples?.['foreign-station']?.value).toMatchObject({
      type: 'urn:yizhan:problem:foreign-station',
      status: 403,
    });
    expect(things['403']?.description).toContain('Another station');
    expect(things['403']?.description).toContain('Not allowed for this role');
  });

  it('keeps the routes apart', () => {
    expect(Object.keys(responses('/things/other')).filter((status) => Number(status) >= 400)).toEqual([
      '400',
    ]);
  });

  it('declares the schema once', () => {
    expect(schemas['ProblemDocument']).toMatchObject({
      properties: { type: {}, title: {}, status: {}, detail: {}, instance: {}, correlationId: {} },
    });
  });
});
