/** Why a row cannot be true. These codes stand in files that people keep and sort by: never rename one. */
export const quarantineReasons = [
  'wrong-columns',
  'unreadable-text',
  'null-text',
  'missing-key',
  'missing-text',
  'too-long',
  'invalid-station',
  'missing-date',
  'unreadable-date',
  'placeholder-date',
  'nonexistent-local-time',
  'closed-before-created',
  'closed-without-date',
  'closed-while-open',
] as const;
export type QuarantineReason = (typeof quarantineReasons)[number];

/** A row that is set aside instead of being imported. */
export class Quarantined extends Error {
  constructor(readonly reason: QuarantineReason) {
    super(reason);
    this.name = 'Quarantined';
  }
}
