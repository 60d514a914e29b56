/** Arguments of a Node.js process whose clock, in every thread, is so many milliseconds ahead. */
export const clockAhead = (milliseconds: number): string[] => [
  '--import',
  `data:text/javascript,${encodeURIComponent(later(Math.round(milliseconds)))}`,
];

const later = (ahead: number): string => `const { now } = Date, ahead = ${ahead}, Today = Date;
globalThis.Date = class extends Today {
  constructor(...given) { if (given.length > 0) super(...given); else super(now() + ahead); }
  static now() { return now() + ahead; }
};`;
