import type { Projection, Recorded } from '#event-sourcing';

/** A small world for the specs of the engine: books come, move and go. */
export type ShelfEvent =
  | { type: 'BookCame'; data: { shelf: string; pages: string } }
  | { type: 'BookMoved'; data: { shelf: string } }
  | { type: 'BookDamaged'; data: { how: string[] } }
  | { type: 'BookGone'; data: Record<string, never> };

export type BookRow = {
  id: string;
  shelf: string;
  pages: string;
  damages: string[];
  came_at: string;
  came_day: string;
  moves: number;
  borrowed: boolean | null;
  weight: number | null;
};

export type ShelfProjection = Projection<
  BookRow,
  ShelfEvent,
  { shelf: string },
  { books: number; moved: number; pages: string }
>;

export const shelfProjection: ShelfProjection = {
  name: 'shelf',
  version: 1,
  streams: ['book-'],
  table: {
    columns: {
      id: 'text',
      shelf: 'text',
      pages: 'bigint',
      damages: 'json',
      came_at: 'timestamp',
      came_day: 'date',
      moves: 'integer',
      borrowed: 'boolean',
      weight: 'double',
    },
    key: ['id'],
    indexes: ['shelf, came_at desc, id', '(shelf) include (pages)', 'using gin (damages)'],
    past: { indexes: ['shelf, until'] },
  },
  rowOf: ({ stream }) => stream.slice('book-'.length),
  evolve: {
    BookCame: (_, { stream, data, occurredAt }) => ({
      id: stream.slice('book-'.length),
      shelf: data.shelf,
      pages: data.pages,
      damages: [],
      came_at: occurredAt,
      came_day: occurredAt.slice(0, 10),
      moves: 0,
      borrowed: null,
      weight: 0.5,
    }),
    BookMoved: (row, { data }) => row && { ...row, shelf: data.shelf, moves: row.moves + 1 },
    BookDamaged: (row, { data }) => row && { ...row, damages: [...row.damages, ...data.how] },
    BookGone: () => undefined,
  },
  tally: {
    key: { shelf: 'text' },
    counters: ['books', 'moved'],
    lists: ['pages'],
    of: (before, after, { type }) => [
      ...(before ? [{ key: { shelf: before.shelf }, add: { books: -1, pages: `-${before.pages} ` } }] : []),
      ...(after
        ? [
            {
              key: { shelf: after.shelf },
              add: { books: 1, moved: type === 'BookMoved' ? 1 : 0, pages: `${after.pages} ` },
            },
          ]
        : []),
    ],
  },
};

export function recorded(position: number, book: string, event: ShelfEvent): Recorded<ShelfEvent> {
  const at = new Date(Date.UTC(2026, 10, 22, 0, 0, position, 123)).toISOString();
  return {
    ...event,
    id: `event-${position}`,
    stream: `book-${book}`,
    revision: 0n,
    position: BigInt(position),
    recordedAt: at,
    occurredAt: at,
    metadata: {
      $correlationId: 'c',
      $causationId: 'c',
      actor: { subject: 's', name: 'n', role: 'volunteer' },
      schema: 1,
      commandHash: 'h',
    },
  };
}
