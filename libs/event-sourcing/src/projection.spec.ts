import type { Recorded } from './event.js';
import { InMemoryStreams } from './in-memory-streams.js';
import { type NotebookEvent, metadata, notebook, stream } from './notebook.example.js';
import { type Evolve, project } from './projection.js';
import { fold } from './decider.js';

type Page = { id: string; length: number };
type Written = Extract<NotebookEvent, { type: 'Written' }>;

const write: Evolve<Page, Written> = (row, event) => ({
  id: event.stream,
  length: (row?.length ?? 0) + event.data.word.length,
});
const page = (row: Page | undefined, event: Recorded<Written>) =>
  project<Page, Written>({ evolve: { Written: write } }, row, event);

async function recorded(...events: NotebookEvent[]): Promise<Recorded<Written>[]> {
  const streams = new InMemoryStreams();
  const appended = events.map((event, index) => ({ ...event, id: String(index), metadata }));
  await streams.append(stream, 'no_stream', appended);
  return streams.read(stream);
}

describe('projecting an event', () => {
  it('makes a row, and the next row from it', async () => {
    const [one, two] = await recorded(
      { type: 'Written', data: { word: '冰' } },
      { type: 'Written', data: { word: '撒盐' } },
    );
    const first = one && page(undefined, one);
    expect(first).toEqual({ id: stream, length: 1 });
    expect(two && page(first, two)).toEqual({ id: stream, length: 3 });
  });

  it('leaves the very row where the projection does not name the event', async () => {
    const [sealed] = await recorded({ type: 'Sealed', data: {} });
    const row = { id: stream, length: 1 };
    expect(sealed && page(row, sealed)).toBe(row);
    expect(sealed && page(undefined, sealed)).toBeUndefined();
  });
});

describe('folding a history', () => {
  it('begins with the initial state and ends with the last event', () => {
    expect(fold(notebook, [])).toBe(notebook.initialState);
    expect(
      fold(notebook, [
        { type: 'Written', data: { word: '冰' } },
        { type: 'Sealed', data: {} },
      ]),
    ).toEqual({ words: ['冰'], sealed: true });
  });
});
