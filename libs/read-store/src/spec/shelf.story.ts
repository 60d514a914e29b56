import { recorded } from './shelf.projection.js';

export const came = (position: number, book: string, shelf = 'north') =>
  recorded(position, book, { type: 'BookCame', data: { shelf, pages: '7' } });
export const moved = (position: number, book: string, shelf: string) =>
  recorded(position, book, { type: 'BookMoved', data: { shelf } });

/** Books a, b and c live in three partitions, d in the one of a. */
export const story = () => [
  came(1, 'a'),
  came(2, 'b'),
  moved(3, 'a', 'south'),
  came(5, 'c', 'south'),
  recorded(8, 'a', { type: 'BookDamaged', data: { how: ['wet'] } }),
  recorded(9, 'b', { type: 'BookGone', data: {} }),
  came(11, 'd'),
  moved(12, 'd', 'east'),
];
