import { type Decider, type DomainEvent, fold } from './decider.js';
import { eventId } from './event-id.js';
import type { EventToAppend, Metadata, Recorded } from './event.js';
import { keepAnswer, keptAnswer } from './kept-answer.js';
import { LostRace, type Streams } from './streams.js';

export type Execution<Command> = {
  stream: string;
  command: Command;
  /** Idempotency key: the same key gives the first answer again, for ever. */
  key: string;
  /** Whether a client chose the key: only then can it come again, and is an answer without events kept. */
  keyGiven?: boolean;
  metadata: Metadata;
  /** From `If-Match`: refuse instead of deciding again when the stream has moved on. */
  ifRevision?: bigint;
  /** The stream must be this command's own: nothing is read before the first attempt. */
  creates?: boolean;
  /** Throws where it may not be done today. What was done is answered again without asking. */
  permit?: () => void;
};

export type Outcome<State, Event extends DomainEvent> = {
  state: State;
  events: Event[];
  /** Of the last event the state includes; -1n for a stream without events. */
  revision: bigint;
  position: bigint;
};

/** The client's `If-Match` names an older revision; `missed` came in since. */
export class StaleRevision extends Error {
  constructor(
    readonly current: bigint,
    readonly missed: Recorded[],
  ) {
    super(`the stream is at revision ${current}`);
    this.name = 'StaleRevision';
  }
}

/** The idempotency key was used before, for something else. */
export class KeyReused extends Error {
  override readonly name = 'KeyReused';
}

/** A stream that was to be created belongs to another command already. */
export class StreamTaken extends Error {
  override readonly name = 'StreamTaken';
}

type Kept = Awaited<ReturnType<typeof keptAnswer>>;

const attempts = 4; // the first one and three after lost races

/**
 * Loads, decides, appends. The append expects exactly the revision that was decided on; a lost race is decided again up
 * to three times, then {@link LostRace} reaches the caller.
 */
export async function execute<State, Command, Event extends DomainEvent>(
  streams: Streams,
  decider: Decider<State, Command, Event>,
  execution: Execution<Command>,
): Promise<Outcome<State, Event>> {
  for (let attempt = 1; ; attempt += 1) {
    const unread = execution.creates === true && attempt === 1;
    const [history, kept] = unread
      ? [[], undefined]
      : await Promise.all([streams.read<Event>(execution.stream), keptAnswer(streams, execution)]);
    try {
      return await decideOn(history, kept, streams, decider, execution);
    } catch (error) {
      if (!(error instanceof LostRace) || attempt === attempts) throw error;
    }
  }
}

async function decideOn<State, Command, Event extends DomainEvent>(
  history: Recorded<Event>[],
  kept: Kept,
  streams: Streams,
  decider: Decider<State, Command, Event>,
  execution: Execution<Command>,
): Promise<Outcome<State, Event>> {
  const answered =
    earlierAnswer(decider, history, execution) ?? answerKept(decider, history, kept, execution);
  if (answered) return answered;
  if (execution.creates && history.length > 0) throw new StreamTaken(execution.stream);
  execution.permit?.();
  refuseStale(history, execution.ifRevision);

  const before = fold(decider, history);
  const events = decider.decide(execution.command, before);
  if (events.length === 0) {
    await keepAnswer(streams, execution, history.at(-1)?.revision ?? -1n);
    return outcome(before, events, history.at(-1));
  }
  const expected = history.at(-1)?.revision ?? 'no_stream';
  const appended = await streams.append(execution.stream, expected, withIds(events, execution));
  return { state: events.reduce(decider.evolve, before), events, ...appended };
}

function earlierAnswer<State, Event extends DomainEvent>(
  decider: Pick<Decider<State, never, Event>, 'initialState' | 'evolve'>,
  history: Recorded<Event>[],
  { key, metadata }: Execution<unknown>,
): Outcome<State, Event> | undefined {
  const from = history.findIndex((event) => event.metadata.$causationId === key);
  if (from < 0) return undefined;
  if (history[from]?.metadata.commandHash !== metadata.commandHash) throw new KeyReused(key);
  const to = history.findLastIndex((event) => event.metadata.$causationId === key) + 1;
  return outcome(fold(decider, history.slice(0, to)), history.slice(from, to), history[to - 1]);
}

function answerKept<State, Event extends DomainEvent>(
  decider: Pick<Decider<State, never, Event>, 'initialState' | 'evolve'>,
  history: Recorded<Event>[],
  kept: Kept,
  { key, metadata }: Execution<unknown>,
): Outcome<State, Event> | undefined {
  if (!kept) return undefined;
  if (kept.metadata.commandHash !== metadata.commandHash) throw new KeyReused(key);
  const then = history.filter(({ revision }) => revision <= BigInt(kept.data.revision));
  return outcome(fold(decider, then), [], then.at(-1));
}

function refuseStale(history: Recorded[], expected: bigint | undefined): void {
  const current = history.at(-1)?.revision ?? -1n;
  if (expected === undefined || expected === current) return;
  throw new StaleRevision(
    current,
    history.filter((event) => event.revision > expected),
  );
}

function outcome<State, Event extends DomainEvent>(
  state: State,
  events: Event[],
  last: Recorded | undefined,
): Outcome<State, Event> {
  return { state, events, revision: last?.revision ?? -1n, position: last?.position ?? 0n };
}

// The fingerprint is part of the ids: the store takes an append that repeats known ids for a retry, whatever it holds.
function withIds<Event extends DomainEvent>(
  events: Event[],
  { stream, key, metadata }: Execution<unknown>,
): EventToAppend<Event>[] {
  const cause = `${key}\n${metadata.commandHash}`;
  return events.map((event, index) => ({
    ...event,
    id: eventId(stream, cause, index),
    metadata: { ...metadata, $causationId: key },
  }));
}
