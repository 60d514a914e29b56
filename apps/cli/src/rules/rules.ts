import { stringify } from 'yaml';
import { type Api, apiOf } from '../session/api.js';
import { caughtUp } from '../session/caught-up.js';
import { type Session, withStation } from '../session/session.js';
import { difference } from './difference.js';
import { RulesFile } from './rules.file.js';

/** What `policy` and `calendar` have in common: read under one address, published to the same. */
export type Rules = {
  address: (code: string) => string;
  /** What is in force, as a file would say it, before a body is published over it. */
  present: (api: Api, code: string, body: Record<string, unknown>) => Promise<unknown>;
};

/** `policy`: as the station understood it, with what stands for whatever a file leaves out. */
type Published = { code: string; version: number; events: string[]; policy?: object };

/** The answer of an address as YAML. */
export async function shown<Answer>(
  session: Session,
  path: string,
  as: (answer: Answer) => unknown = (answer) => answer,
): Promise<string> {
  return withApi(session, async (api) => yaml(as(await api<Answer>('GET', path))));
}

/** Publishes the file, or only says what would come of it; gives what became different, in lines. */
export async function publish(
  session: Session,
  { address, present }: Rules,
  path: string,
  code: string,
  dryRun: boolean,
): Promise<string[]> {
  const file = await RulesFile.read(path);
  const { body } = file;
  return withApi(session, async (api) => {
    const before = await present(api, code, body);
    const sent = { ...body, dryRun };
    const answer = await api<Published>('POST', address(code), sent).catch((error: unknown) => {
      throw file.explained(error);
    });
    const { version: _, note: __, from: ___, ...rules } = body;
    return [...difference(before, answer.policy ?? rules), outcome(answer, dryRun)];
  });
}

function outcome({ code, version, events }: Published, dryRun: boolean): string {
  if (events.length === 0) return `${code}@${version} says so already; nothing was published.`;
  return dryRun ? `Would be published as ${code}@${version}.` : `Published as ${code}@${version}.`;
}

const withApi = <Result>(session: Session, work: (api: Api) => Promise<Result>): Promise<Result> =>
  withStation(session, async ({ url }, home) => {
    const api = await apiOf(url, home, 'admin', session.signal);
    await caughtUp(api, ['station'], session.signal); // it knows the districts
    return work(api);
  });

// What demands nothing is left out, so that what is shown can be edited and published.
const yaml = (value: unknown): string =>
  stringify(JSON.parse(JSON.stringify(value, (_, part: unknown) => part ?? undefined)) as unknown);
