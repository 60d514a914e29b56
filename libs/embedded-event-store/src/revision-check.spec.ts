import { checkRevision, type CheckedStream, type Expected } from './revision-check.js';

const id = (name: string): Buffer => Buffer.from(name.padEnd(16));

// A stream whose events have the given ids; positions are ten times the revision.
function streamOf(
  names: string[],
  state: { tombstoned?: boolean; softDeleted?: boolean; described?: boolean } = {},
): CheckedStream {
  return {
    last: names.length - 1,
    tombstoned: state.tombstoned ?? false,
    softDeleted: () => state.softDeleted ?? false,
    described: () => state.described ?? false,
    find: (wanted) => {
      const revision = names.findLastIndex((name) => id(name).equals(wanted));
      return revision < 0 ? undefined : { revision, position: revision * 10 };
    },
    at: (revision) => (names[revision] ? { id: id(names[revision]), position: revision * 10 } : undefined),
  };
}

function check(stream: CheckedStream, expected: Expected, ...names: string[]): string {
  const verdict = checkRevision(stream, expected, names.map(id));
  return verdict.kind === 'already-written'
    ? `already-written ${verdict.revision}@${verdict.position}`
    : verdict.kind;
}

describe('the check of the expected revision', () => {
  const none = streamOf([]);
  const abc = streamOf(['a', 'b', 'c']);
  const softDeleted = streamOf(['a', 'b', 'c'], { softDeleted: true });

  it.each(['any', 'no_stream', 'stream_exists', 2n] as const)(
    'refuses a tombstoned stream, expected %s',
    (expected) => {
      expect(check(streamOf(['a', 'b', 'c'], { tombstoned: true }), expected, 'x')).toBe('stream-deleted');
    },
  );

  it('lets a new stream begin under any and no_stream only', () => {
    expect(check(none, 'any', 'x')).toBe('append');
    expect(check(none, 'no_stream', 'x')).toBe('append');
    expect(check(none, 'stream_exists', 'x')).toBe('wrong-version');
    expect(check(none, 0n, 'x')).toBe('wrong-version');
  });

  it('takes a stream with metadata for an existing one', () => {
    expect(check(streamOf([], { described: true }), 'stream_exists', 'x')).toBe('append');
  });

  it('appends at the expected revision, whatever the ids', () => {
    expect(check(abc, 2n, 'x')).toBe('append');
    expect(check(abc, 2n, 'a')).toBe('append');
  });

  it('refuses a revision ahead of the stream, up to the largest there is', () => {
    expect(check(abc, 3n, 'x')).toBe('wrong-version');
    expect(check(abc, 2n ** 64n - 1n, 'x')).toBe('wrong-version');
  });

  it('knows the same events behind an older revision', () => {
    expect(check(abc, 'no_stream', 'a', 'b')).toBe('already-written 1@10');
    expect(check(abc, 0n, 'b', 'c')).toBe('already-written 2@20');
  });

  it('refuses other events, fewer or more behind an older revision', () => {
    expect(check(abc, 0n, 'x')).toBe('wrong-version');
    expect(check(abc, 0n, 'b', 'x')).toBe('wrong-version');
    expect(check(abc, 0n, 'b', 'c', 'd')).toBe('wrong-version');
    expect(check(abc, 0n)).toBe('wrong-version');
  });

  it('knows the same events anywhere under any and stream_exists', () => {
    expect(check(abc, 'any', 'b', 'c')).toBe('already-written 2@20');
    expect(check(abc, 'stream_exists', 'a')).toBe('already-written 0@0');
    expect(check(abc, 'any', 'c', 'a')).toBe('already-written 0@0');
  });

  it('under any, appends if the first is new and refuses if only a later one is', () => {
    expect(check(abc, 'any', 'x', 'a')).toBe('append');
    expect(check(abc, 'any', 'a', 'x')).toBe('wrong-version');
    expect(check(abc, 'any')).toBe('append');
  });

  it('recreates a soft-deleted stream under no_stream, any and its revision, but not under stream_exists', () => {
    expect(check(softDeleted, 'no_stream', 'x')).toBe('append');
    expect(check(softDeleted, 'any', 'x')).toBe('append');
    expect(check(softDeleted, 2n, 'x')).toBe('append');
    expect(check(softDeleted, 'stream_exists', 'x')).toBe('stream-deleted');
    expect(check(softDeleted, 0n, 'x')).toBe('wrong-version');
  });

  it('does not recreate a soft-deleted stream from a half repeated append', () => {
    expect(check(softDeleted, 'no_stream', 'a', 'x')).toBe('wrong-version');
    expect(check(softDeleted, 'no_stream', 'a', 'b')).toBe('already-written 1@10');
  });
});
