import { consistencyToken, parseConsistencyToken } from './consistency-token.js';

describe('a consistency token', () => {
  it.each(['request-YFXJ-261122-7K3QX', 'policy-海淀区', 'policy-default'])('of %s comes back', (stream) => {
    const token = consistencyToken({ stream, position: 4711n });
    expect(token).toMatch(/^[!-~]+$/); // what a header can hold
    expect(parseConsistencyToken(token)).toEqual({ stream, position: 4711n });
  });

  it('of a request reads as it always has', () =>
    expect(consistencyToken({ stream: 'request-YFXJ-261122-7K3QX', position: 7n })).toBe(
      '7@request-YFXJ-261122-7K3QX',
    ));

  it.each(['', '7', '@request-1', '7@', 'x@request-1', '7@policy-%E6'])('is not %j', (text) =>
    expect(parseConsistencyToken(text)).toBeUndefined(),
  );
});
