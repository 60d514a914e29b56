import { claimsOf, InvalidClaims, type Principal, readPrincipal, type Role } from './principal.js';

const claims = { sub: 'zhang', name: '张连生', role: 'volunteer', station: 'YFXJ' };

describe('the claims of a token', () => {
  it('make a principal', () => {
    expect(readPrincipal({ ...claims, iss: 'x', exp: 1, scope: 'openid profile' })).toEqual({
      subject: 'zhang',
      name: '张连生',
      role: 'volunteer',
      scope: { station: 'YFXJ' },
    });
  });

  it('fall back to other names', () => {
    const { name: _, ...nameless } = claims;
    expect(readPrincipal({ ...nameless, preferred_username: 'lz' }).name).toBe('lz');
    expect(readPrincipal(nameless).name).toBe('zhang');
  });

  it.each<[Role, Record<string, string>]>([
    ['volunteer', { station: 'YFXJ', community: 'C', street: 'S', district: 'D' }],
    ['coordinator', { community: 'C', district: 'D' }],
    ['supervisor', { street: 'S' }],
    ['supervisor', { district: 'D' }],
    ['handler', { unit: 'property-1' }],
    ['auditor', {}],
    ['auditor', { district: 'D' }],
    ['analyst', {}],
    ['analyst', { district: 'D' }],
    ['admin', {}],
  ])('of a %s survive the way into a token and back: %j', (role, scope) => {
    const principal: Principal = { subject: 's', name: 'n', role, scope };
    expect(readPrincipal(claimsOf(principal))).toEqual(principal);
  });

  it.each([
    [{ sub: undefined }, 'the claim sub is missing'],
    [{ sub: '  ' }, 'the claim sub must be a text'],
    [{ sub: 7 }, 'the claim sub must be a text'],
    [{ role: 'mayor' }, 'the claim role must be one of volunteer, coordinator'],
    [{ role: undefined }, 'the claim role must be one of'],
    [{ role: ['volunteer'] }, 'the claim role must be one of'],
    [{ station: undefined }, 'role volunteer needs the claim station'],
    [{ station: { code: 'YFXJ' } }, 'the claim station must be a text'],
    [{ station: 'x'.repeat(201) }, 'the claim station must be a text of 1 to 200 characters'],
    [{ role: 'coordinator', station: undefined }, 'role coordinator needs the claim community'],
    [{ role: 'supervisor', station: undefined }, 'role supervisor needs the claim street or district'],
    [{ role: 'handler', station: undefined }, 'role handler needs the claim unit'],
    [{ role: 'handler', unit: 'u' }, 'role handler may not have the claim station'],
    [{ role: 'admin' }, 'role admin may not have the claim station'],
    [{ unit: 'u' }, 'role volunteer may not have the claim unit'],
  ])('%j are refused: %s', (change, message) => {
    const read = (): Principal => readPrincipal({ ...claims, ...change });
    expect(read).toThrow(InvalidClaims);
    expect(read).toThrow(message);
  });
});
