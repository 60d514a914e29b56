import { lagTable } from './lag.js';

const behind = (lagEvents: number, atLeast: boolean) =>
  lagTable({
    relay: [{ topic: 'yizhan.log.v1', position: '4711', lagEvents, atLeast, lagSeconds: 12 }],
    projections: [],
  });

describe('the table of what is behind', () => {
  it('says that there may be more where the counting ended', () => {
    expect(behind(10_000, true)).toContain(' 10000+ ');
    expect(behind(9_999, false)).toContain(' 9999 ');
  });
});
