import { traceparentOf } from './traceparent.js';

const trace = '0af7651916cd43dd8448eb211c80319c';
const parent = 'b7ad6b7169203331';

describe('the trace of a request', () => {
  it('is the caller’s own', () => {
    const traceparent = `00-${trace}-${parent}-01`;
    expect(traceparentOf({ headers: { traceparent } })).toBe(traceparent);
  });

  it.each([
    undefined,
    '',
    '00-1',
    `01-${trace}-${parent}-01`,
    `00-${trace.toUpperCase()}-${parent}-01`,
    `00-${'0'.repeat(32)}-${parent}-01`,
    `00-${trace}-${'0'.repeat(16)}-01`,
    `00-${trace}-${parent}-01-13800000000`,
  ])('is left out where the caller sends %j', (traceparent) =>
    expect(traceparentOf({ headers: traceparent === undefined ? {} : { traceparent } })).toBeUndefined(),
  );
});
