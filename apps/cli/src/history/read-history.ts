import { styleText } from 'node:util';
import { type Api, apiOf } from '../session/api.js';
import { type Session, withStation } from '../session/session.js';
import type { HistoryAnswer, RequestAnswer } from './history.answer.js';
import { standing } from './standing.js';
import { type Paint, timeline } from './timeline.js';

export type HistoryOptions = { json?: boolean; at?: string; revision?: string };

/** What the command prints: the history, or the request as it stood. */
export async function readHistory(session: Session, id: string, options: HistoryOptions): Promise<string> {
  return withStation(session, async ({ url }, home) => {
    const api = await apiOf(url, home, 'auditor', session.signal);
    // Numbers have capital letters only; who types one need not care.
    const path = `/v1/requests/${encodeURIComponent(id.trim().toUpperCase())}`;
    const { at, revision } = options;
    if (at === undefined && revision === undefined) return whole(api, path, options);
    const asOf = new URLSearchParams(at === undefined ? { revision: revision ?? '' } : { at });
    const answer = await api<RequestAnswer>('GET', `${path}?${asOf}`);
    return options.json ? JSON.stringify(answer) : standing(answer, paint).join('\n');
  });
}

async function whole(api: Api, path: string, { json }: HistoryOptions): Promise<string> {
  const answer = await api<HistoryAnswer>('GET', `${path}/history`);
  if (json) return JSON.stringify(answer);
  const { request, events } = answer;
  return [...standing(request, paint), '', ...timeline(events, request.station.timeZone, paint)].join('\n');
}

// Node leaves colours out where standard output is no terminal, and under NO_COLOR.
const paint: Paint = (colour, text) => styleText(colour, text);
