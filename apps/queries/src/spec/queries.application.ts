import { Module } from '@nestjs/common';
import { pino } from 'pino';
import { AccessModule, type CheckToken } from '#access';
import { EventStore } from '#event-store';
import { serve } from '#http-service';
import { startEmbeddedPostgres } from '#read-store';
import { QueriesModule } from '../queries.module.js';
import { Town } from './town.js';

export type Claims = Readonly<Record<string, string>>;

export const volunteer: Claims = { role: 'volunteer', station: 'YFXJ' };
export const coordinator: Claims = { role: 'coordinator', community: '永丰社区' };
export const supervisor: Claims = { role: 'supervisor', district: '海淀区' };
export const handler: Claims = { role: 'handler', unit: 'wuye' };
export const auditor: Claims = { role: 'auditor' };
export const analyst: Claims = { role: 'analyst' };
export const admin: Claims = { role: 'admin' };

export type Answer = { status: number; headers: Headers; body: any }; // oxlint-disable-line typescript/no-explicit-any

export type QueriesApplication = {
  town: Town;
  url: string;
  /** Asks as somebody; a read waits for everything told so far. */
  get: (path: string, as: Claims, headers?: Record<string, string>) => Promise<Answer>;
  post: (path: string, as: Claims) => Promise<Answer>;
  close: () => Promise<void>;
};

export const tokenOf = (as: Claims): string => Buffer.from(JSON.stringify(as)).toString('base64url');

// The token is its claims: who issues tokens is not what these specs are about.
const readable: CheckToken = async (token) => ({
  sub: 'somebody',
  exp: 4_000_000_000,
  ...(JSON.parse(Buffer.from(token, 'base64url').toString()) as object),
});

/** The queries over HTTP, PGlite below and the events of a town in memory. */
export async function startQueries(town = new Town()): Promise<QueriesApplication> {
  const postgres = await startEmbeddedPostgres();

  @Module({})
  class InMemoryEventStoreModule {}

  const service = await serve({
    modules: [
      AccessModule.with(readable),
      {
        module: InMemoryEventStoreModule,
        global: true,
        providers: [{ provide: EventStore, useValue: town.store }],
        exports: [EventStore],
      },
      QueriesModule.with({
        databaseUrl: postgres.connectionString,
        publicUrl: 'https://yizhan.example',
        cursorSecret: Buffer.alloc(32, 'secret'),
      }),
    ],
    readiness: [],
    logger: pino({ level: 'silent' }),
    host: '127.0.0.1',
    port: 0,
  });
  const ask = async (method: string, path: string, as: Claims, headers: Record<string, string> = {}) => {
    const answer = await fetch(`${service.url}${path}`, {
      method,
      headers: { authorization: `Bearer ${tokenOf(as)}`, 'accept-language': 'en', ...headers },
    });
    return { status: answer.status, headers: answer.headers, body: await answer.json() };
  };
  return {
    town,
    url: service.url,
    get: (path, as, headers) =>
      ask('GET', path, as, {
        'consistency-token': `${town.position}@everything`,
        prefer: 'wait=20',
        ...headers,
      }),
    post: (path, as) => ask('POST', path, as),
    close: async () => {
      await service.close();
      await postgres.close();
    },
  };
}
