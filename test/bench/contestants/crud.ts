import { randomUUID } from 'node:crypto';
import { Body, Controller, Module, Post } from '@nestjs/common';
import { Pool } from 'pg';
import { type Asking, AccessModule, Allow, Caller, localTokens, openSigningKey } from '#access';
import { LogRequestDto } from '../../../apps/commands/src/request/request.dto.js';
import { startContestant } from './contestant.js';
import { createTables, insertAudit, insertBoth, insertRequest } from './crud.tables.js';

const pool = new Pool({ connectionString: process.env['DATABASE_URL'], max: Number(process.env['POOL']) });
const oneStatement = process.env['ONE_STATEMENT'] === '1';

@Controller('v1/requests')
class CrudController {
  @Post()
  @Allow('log-request')
  async log(
    @Body() body: LogRequestDto,
    @Caller() caller: NonNullable<Asking['principal']>,
  ): Promise<object> {
    const id = randomUUID();
    const row = requestRow(id, body, caller.subject);
    const audit = [id, caller.subject, 'log', JSON.stringify(body)];
    if (oneStatement) await pool.query({ name: 'both', text: insertBoth, values: [...row, ...audit] });
    else await transaction(row, audit);
    return { id, status: 'logged' };
  }
}

async function transaction(row: unknown[], audit: unknown[]): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query('begin');
    await client.query({ name: 'request', text: insertRequest, values: row });
    await client.query({ name: 'audit', text: insertAudit, values: audit });
    await client.query('commit');
  } catch (error) {
    await client.query('rollback');
    throw error;
  } finally {
    client.release();
  }
}

function requestRow(id: string, body: LogRequestDto, by: string): unknown[] {
  const { station, summary, details, category, channel, place, resident, paper, occurredAt } = body;
  const where = [place?.building, place?.unit];
  const who = [resident?.name, resident?.phone, resident?.flat];
  const values = [
    id,
    station,
    summary,
    details,
    category,
    channel,
    ...where,
    ...who,
    paper?.page,
    paper?.line,
    occurredAt,
    by,
  ];
  return values.map((value) => value ?? null);
}

await createTables(pool);
const access = AccessModule.with(localTokens(await openSigningKey(process.env['YIZHAN_HOME'] ?? '')));

@Module({ imports: [access], controllers: [CrudController] })
class Crud {}

await startContestant(Crud, 'crud');
