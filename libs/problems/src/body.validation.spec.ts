import { Body, Controller, Get, Module, Param, Post, Query } from '@nestjs/common';
import { APP_FILTER, APP_PIPE, NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsISO8601,
  IsMilitaryTime,
  IsNotEmpty,
  IsObject,
  IsOptional,
  IsString,
  Length,
  Matches,
  Max,
  MaxLength,
  Min,
  MinLength,
  Validate,
  ValidateNested,
  ValidatorConstraint,
} from 'class-validator';
import * as validator from 'class-validator';
import { bodyValidation } from './body.validation.js';
import { constraintSentences } from './constraint.sentences.js';
import { says } from './field-errors.js';
import { ProblemFilter } from './problem.filter.js';

class Place {
  @IsString()
  @IsNotEmpty()
  building!: string;
}

@ValidatorConstraint({ name: 'isEven' })
class Even {
  validate(value: unknown): boolean {
    return Number(value) % 2 === 0;
  }
}

class Entry {
  @IsOptional()
  @Validate(Even, says('必须是偶数', 'must be even'))
  even?: number;

  @IsString()
  @MinLength(2)
  @MaxLength(5)
  summary!: string;

  @IsOptional()
  @IsBoolean()
  urgent?: boolean;

  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(9)
  page?: number;

  @IsOptional()
  @IsIn(['phone', 'walk-in'])
  channel?: string;

  @IsOptional()
  @IsISO8601({ strict: true })
  occurredAt?: string;

  @IsOptional()
  @Matches(/^[A-Z]+$/)
  plain?: string;

  @IsOptional()
  @Matches(/^[A-Z]+$/, says('须为大写字母', 'must be capital letters'))
  code?: string;

  @IsOptional()
  @Length(2, 3)
  short?: string;

  @IsOptional()
  @IsMilitaryTime()
  exotic?: string;

  @IsOptional()
  @IsArray()
  @ArrayMaxSize(2)
  @IsString({ each: true })
  tags?: string[];

  @IsOptional()
  @IsObject()
  @ValidateNested()
  @Type(() => Place)
  place?: Place;

  @IsOptional()
  @ValidateNested({ each: true })
  @Type(() => Place)
  places?: Place[];
}

class Page {
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Max(200)
  limit?: number;
}

@Controller()
class EntryController {
  @Post('entries')
  create(@Body() entry: Entry): object {
    return { entry, isEntry: entry instanceof Entry };
  }

  @Get('entries')
  list(@Query() page: Page): object {
    return { limit: page.limit };
  }

  @Get('entries/:code')
  one(@Param('code') code: string): object {
    return { code };
  }
}

@Module({
  controllers: [EntryController],
  providers: [
    { provide: APP_FILTER, useClass: ProblemFilter },
    { provide: APP_PIPE, useFactory: bodyValidation },
  ],
})
class EntryModule {}

const said = (words: string | RegExp): unknown =>
  typeof words === 'string' ? words : expect.stringMatching(words);

describe('the validation of bodies and queries', () => {
  let app: NestFastifyApplication;

  beforeAll(async () => {
    const options = { bodyParser: false, logger: false } as const;
    app = await NestFactory.create<NestFastifyApplication>(EntryModule, new FastifyAdapter(), options);
    await app.init();
  });
  afterAll(() => app.close());

  const post = (payload: unknown, language = 'zh') =>
    app.inject({
      method: 'POST',
      url: '/entries',
      payload: JSON.stringify(payload),
      headers: { 'content-type': 'application/json', 'accept-language': language },
    });
  const errors = async (payload: object, language?: string) =>
    (await post(payload, language)).json<{ errors: unknown }>().errors;

  it('lets a good body through as an instance of its class', async () => {
    const entry = { summary: '结冰了', page: 3, channel: 'phone', place: { building: '5' } };
    const answer = await post(entry);
    expect(answer.statusCode).toBe(201);
    expect(answer.json()).toEqual({ entry, isEntry: true });
  });

  it.each([
    [{}, 'summary', '必须是文字', 'must be text'],
    [{ summary: '冰' }, 'summary', '至少要有 2 个字', 'must have at least 2 characters'],
    [{ summary: '五号楼前结冰' }, 'summary', '最多 5 个字', 'must have at most 5 characters'],
    [{ urgent: 'true' }, 'urgent', '必须是 true 或 false', 'must be true or false'],
    [{ page: '3' }, 'page', '必须是整数', 'must be a whole number'],
    [{ page: 0 }, 'page', '不能小于 1', 'must not be less than 1'],
    [{ page: 10 }, 'page', '不能大于 9', 'must not be greater than 9'],
    [{ channel: 'fax' }, 'channel', '只能是：phone, walk-in', 'must be one of: phone, walk-in'],
    [{ occurredAt: '2026-02-30' }, 'occurredAt', /ISO 8601 格式/, /must be an ISO 8601/],
    [{ plain: 'a' }, 'plain', '格式不对，应符合 /^[A-Z]+$/', 'must match /^[A-Z]+$/'],
    [{ code: 'a' }, 'code', '须为大写字母', 'must be capital letters'],
    [{ short: '1234' }, 'short', '须在 2 到 3 个字之间', 'must have between 2 and 3 characters'],
    [{ exotic: '25:00' }, 'exotic', '填写不符合要求', /exotic must be a valid/],
    [{ tags: 'x' }, 'tags', '必须是列表', 'must be a list'],
    [{ tags: ['1', '2', '3'] }, 'tags', '最多 2 项', 'must have at most 2 entries'],
    [{ tags: ['1', 2] }, 'tags', '每一项必须是文字', 'each entry must be text'],
    [{ place: 'here' }, 'place', '必须是一个对象', 'must be an object'],
    [{ place: {} }, 'place.building', '不能为空', 'must not be empty'],
    [{ place: { building: '5', lift: 1 } }, 'place.lift', '没有这个字段', 'is not a known field'],
    [{ places: [{ building: '5' }, {}] }, 'places.1.building', '不能为空', 'must not be empty'],
    [{ even: 3 }, 'even', '必须是偶数', 'must be even'],
    [{ toString: 'x' }, 'toString', '没有这个字段', 'is not a known field'],
    [{ place: { constructor: 1 } }, 'place.constructor', '没有这个字段', 'is not a known field'],
    [{ admin: true }, 'admin', '没有这个字段', 'is not a known field'],
  ])('says of %j what is wrong with %s', async (wrong, field, zh, en) => {
    const body = field === 'summary' ? wrong : { summary: '结冰', ...wrong };
    expect(await errors(body, 'zh')).toContainEqual({ field, message: said(zh) });
    expect(await errors(body, 'en')).toContainEqual({ field, message: said(en) });
  });

  it('says a thing once', async () => {
    expect(await errors({ summary: '结冰', place: 'x' })).toEqual([
      { field: 'place', message: '必须是一个对象' },
    ]);
  });

  it('names every wrong field at once', async () => {
    const answer = await post({ page: 'x', urgent: 1 });
    expect(answer.statusCode).toBe(400);
    expect(answer.json()).toMatchObject({ type: 'urn:yizhan:problem:invalid-body', instance: '/entries' });
    const fields = answer.json<{ errors: { field: string }[] }>().errors.map(({ field }) => field);
    expect(new Set(fields)).toEqual(new Set(['summary', 'page', 'urgent']));
  });

  it.each([[[]], [[{ summary: '结冰' }]], ['text'], [7], [null], [true]])(
    'refuses %j as a body',
    async (body) => {
      const answer = await post(body);
      expect(answer.statusCode).toBe(400);
      expect(answer.json()).toMatchObject({
        type: 'urn:yizhan:problem:invalid-body',
        errors: [{ field: '', message: '内容必须是一个 JSON 对象' }],
      });
    },
  );

  it('refuses a body that is nested beyond all reason', async () => {
    const deep = `{"summary":${'['.repeat(30_000)}${']'.repeat(30_000)}}`;
    const headers = { 'content-type': 'application/json' };
    const answer = await app.inject({ method: 'POST', url: '/entries', payload: deep, headers });
    expect(answer.statusCode).toBe(400);
    expect(answer.json()).toMatchObject({ type: 'urn:yizhan:problem:invalid-body' });
  });

  it('lists a hundred errors at most', async () => {
    const unknown = Object.fromEntries(Array.from({ length: 5000 }, (_, at) => [`field${at}`, at]));
    expect(await errors(unknown)).toHaveLength(100);
  });

  it('asks for the fields of a body that is missing', async () => {
    const answer = await app.inject({ method: 'POST', url: '/entries' });
    expect(answer.statusCode).toBe(400);
    expect(answer.json<{ errors: unknown[] }>().errors).toContainEqual({
      field: 'summary',
      message: '必须是文字',
    });
  });

  it('reads a number from a query where the DTO says so', async () => {
    const answer = await app.inject('/entries?limit=50');
    expect(answer.json()).toEqual({ limit: 50 });
  });

  it.each([
    ['limit=201', 'limit', '不能大于 200'],
    ['limit=many', 'limit', '必须是整数'],
    ['limit=1&limit=2', 'limit', '必须是整数'],
    ['colour=red', 'colour', '没有这个字段'],
  ])('refuses the query %s', async (query, field, message) => {
    const answer = await app.inject(`/entries?${query}`);
    expect(answer.statusCode).toBe(400);
    expect(answer.json()).toMatchObject({ type: 'urn:yizhan:problem:invalid-query', instance: '/entries' });
    expect(answer.json<{ errors: unknown[] }>().errors).toContainEqual({ field, message });
  });

  it('leaves path parameters as they are written', async () => {
    expect((await app.inject('/entries/007')).json()).toEqual({ code: '007' });
  });
});

describe('the sentences for constraints', () => {
  const names = new Set<unknown>([
    ...Object.values(validator),
    'nestedValidation',
    'whitelistValidation',
    'unknownValue',
  ]);

  it.each(Object.entries(constraintSentences))(
    '%s belongs to class-validator and has both',
    (name, words) => {
      expect(names.has(name)).toBe(true);
      expect(words.zh).toMatch(/[\u4e00-\u9fff]/);
      expect(words.en).toMatch(/^[a-z]/);
    },
  );
});
