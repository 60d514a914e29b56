import { Checkpoints } from './checkpoints.js';

function told(checkpoints: Checkpoints, positions: number[]): number[] {
  return positions.map((position) => checkpoints.consider(position)).filter((at) => at !== undefined);
}

describe('checkpoints', () => {
  it('come after every so many events considered', () => {
    expect(told(new Checkpoints(3), [2, 4, 6, 8, 10, 12, 14])).toEqual([6, 12]);
  });

  it('come once more before the subscription has caught up', () => {
    const checkpoints = new Checkpoints(3);
    told(checkpoints, [1, 2, 3, 4]);
    expect(checkpoints.caughtUp()).toBe(4);
    expect(checkpoints.caughtUp()).toBeUndefined();
  });

  it('do not come twice for the same position, nor when nothing was considered', () => {
    const checkpoints = new Checkpoints(2);
    expect(checkpoints.caughtUp()).toBeUndefined();
    told(checkpoints, [1, 2]);
    expect(checkpoints.caughtUp()).toBeUndefined();
  });

  it('count anew once the subscription has caught up', () => {
    const checkpoints = new Checkpoints(2);
    told(checkpoints, [1]);
    checkpoints.caughtUp();
    expect(told(checkpoints, [2, 3])).toEqual([3]);
  });
});
