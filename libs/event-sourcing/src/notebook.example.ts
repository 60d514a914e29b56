import { type Decider, Rejection } from './decider.js';
import type { Metadata } from './event.js';
import type { Execution } from './execute.js';

// The smallest aggregate with everything in it: several events, a command in effect already, a refusal.

export type NotebookCommand =
  { type: 'Write'; data: { words: string[] } } | { type: 'Seal'; data: Record<string, never> };
export type NotebookEvent =
  { type: 'Written'; data: { word: string } } | { type: 'Sealed'; data: Record<string, never> };
export type Notebook = { words: string[]; sealed: boolean };

export const notebook: Decider<Notebook, NotebookCommand, NotebookEvent> = {
  initialState: { words: [], sealed: false },
  decide(command, { words, sealed }) {
    if (command.type === 'Seal') return sealed ? [] : [{ type: 'Sealed', data: {} }];
    const missing = command.data.words.filter((word) => !words.includes(word));
    if (sealed && missing.length > 0) throw new Rejection('notebook-sealed');
    return missing.map((word) => ({ type: 'Written', data: { word } }));
  },
  evolve: (state, event) =>
    event.type === 'Sealed'
      ? { ...state, sealed: true }
      : { ...state, words: [...state.words, event.data.word] },
};

export const metadata: Metadata = {
  $correlationId: 'correlation-1',
  $causationId: 'key-1',
  actor: { subject: 'volunteer-8', name: '张连生', role: 'volunteer', station: 'YFXJ' },
  schema: 1,
  commandHash: 'hash-1',
};

export const stream = 'notebook-1';
export const seal: NotebookCommand = { type: 'Seal', data: {} };

/** Writes the words under a key; the fingerprint stands for the words, as at the door. */
export const writing = (key: string, ...words: string[]): Execution<NotebookCommand> => ({
  stream,
  command: { type: 'Write', data: { words } },
  key,
  metadata: { ...metadata, commandHash: words.join() },
});
