import * as fc from 'fast-check';
import { roles, type Scope } from './principal.js';
import { covers, redacts } from './scope.js';

const place = { station: 'YFXJ', community: 'YF', street: 'JD', district: 'XC' };

describe('a scope', () => {
  it.each<[Scope, boolean]>([
    [{}, true],
    [{ station: 'YFXJ' }, true],
    [{ station: 'OTHER' }, false],
    [{ community: 'YF' }, true],
    [{ street: 'JD' }, true],
    [{ district: 'XC' }, true],
    [{ district: 'HD' }, false],
    [{ station: 'YFXJ', district: 'HD' }, false],
    [{ unit: 'property-1' }, false],
  ])('%j covers the place: %s', (scope, covered) => {
    expect(covers(scope, place)).toBe(covered);
  });

  it('of a unit covers what the unit holds or helps with', () => {
    expect(covers({ unit: 'property-1' }, { ...place, units: ['committee', 'property-1'] })).toBe(true);
    expect(covers({ unit: 'property-1' }, { ...place, units: ['property-10'] })).toBe(false);
    expect(covers({ unit: 'property-1' }, { ...place, units: [] })).toBe(false);
  });

  // Few names, so that scopes and places meet often.
  const name = fc.constantFrom('a', 'b', 'c');
  const places = fc.record({
    station: name,
    community: name,
    street: name,
    district: name,
    units: fc.array(name, { maxLength: 2 }),
  });
  const scopes = fc.record(
    { station: name, community: name, street: name, district: name, unit: name },
    { requiredKeys: [] },
  );

  it('loses no place by being widened', () => {
    fc.assert(
      fc.property(scopes, places, (narrow, where) => {
        fc.pre(covers(narrow, where));
        for (const key of Object.keys(narrow) as (keyof Scope)[]) {
          const { [key]: _, ...wide } = narrow;
          expect(covers(wide, where)).toBe(true);
        }
      }),
    );
  });

  it('gains no place by being narrowed', () => {
    fc.assert(
      fc.property(scopes, scopes, places, (one, other, where) => {
        const both = { ...one, ...other };
        if (covers(both, where)) expect(covers(other, where)).toBe(true);
      }),
    );
  });
});

it('residents are hidden from analysts and handlers only', () => {
  expect(roles.filter(redacts)).toEqual(['handler', 'analyst']);
});
