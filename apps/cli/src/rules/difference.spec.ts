import { shippedPolicy } from '#policies';
import { difference } from './difference.js';

describe('the difference between two policies', () => {
  it('is nothing where they say the same, absent and null being one', () => {
    expect(difference(shippedPolicy, structuredClone(shippedPolicy))).toEqual([]);
    expect(difference({ a: null, b: 1 }, { b: 1 })).toEqual([]);
  });

  it('names what holds and what will, by the code of a class', () => {
    const [emergency, ...others] = structuredClone(shippedPolicy.classes);
    emergency!.limits.resolution!.amount = 3;
    emergency!.categories.push('水淹');
    expect(difference(shippedPolicy, { ...shippedPolicy, classes: [...others, emergency] })).toEqual([
      '- classes[emergency].limits.resolution.amount: 2',
      '+ classes[emergency].limits.resolution.amount: 3',
      '+ classes[emergency].categories[水淹]: "水淹"',
    ]);
  });
});
