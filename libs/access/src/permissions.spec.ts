import { type Action, actions, authorise, permissions, reach } from './permissions.js';
import { type Principal, type Role, roles, type Scope } from './principal.js';

const reads: Action[] = [
  'read-request',
  'list-requests',
  'read-history',
  'read-logbook',
  'read-callbacks',
  'read-station',
  'read-events',
  'read-statistics',
  'read-policy',
  'read-rates',
];
const units: Action[] = ['accept', 'return', 'record-progress', 'contact', 'resolve'];
const stations: Action[] = ['open-station', 'rename-station', 'close-station'];
const rules: Action[] = ['publish-policy', 'publish-calendar'];
const projections: Action[] = ['read-projections', 'rebuild-projection'];
const writes = actions.filter(
  (action) => ![...reads, ...stations, ...rules, ...projections].includes(action),
);
const as = (role: Role, scope: Scope): Principal => ({ subject: 's', name: 'n', role, scope });
const may = (role: Role): Action[] => actions.filter((action) => reach(role, action));

describe('the table of permissions', () => {
  const common = writes.filter((action) => !['return', 'pause', 'resume', 'exclude'].includes(action));

  it.each<[Role, Action[]]>([
    ['volunteer', [...common, ...reads.filter((action) => action !== 'read-rates')]],
    ['coordinator', [...common, 'return', 'pause', 'resume', ...reads]],
    ['supervisor', [...writes, ...reads]],
    ['handler', [...units, 'read-request', 'list-requests', 'read-station', 'read-policy']],
    ['auditor', reads],
    [
      'analyst',
      [
        'read-request',
        'list-requests',
        'read-station',
        'read-events',
        'read-statistics',
        'read-policy',
        'read-rates',
      ],
    ],
    [
      'admin',
      [...stations, ...rules, ...projections, 'read-station', 'read-statistics', 'read-policy', 'read-rates'],
    ],
  ])('lets a %s do exactly its work', (role, allowed) => {
    expect(may(role).sort()).toEqual([...allowed].sort());
  });

  it('lets nobody write outside the own scope, except the admin who opens stations', () => {
    for (const role of roles.filter((role) => role !== 'admin')) {
      expect(writes.filter((action) => reach(role, action) === 'any')).toEqual([]);
    }
  });

  it('has somebody for every action', () => {
    expect(actions.filter((action) => Object.keys(permissions[action]).length === 0)).toEqual([]);
  });
});

describe('an action at a place', () => {
  const place = { station: 'YFXJ', community: 'YF', street: 'JD', district: 'XC', units: ['property-1'] };
  it.each<[Principal, Action]>([
    [as('volunteer', { station: 'YFXJ' }), 'resolve'],
    [as('volunteer', { station: 'OTHER' }), 'read-statistics'],
    [as('coordinator', { community: 'YF' }), 'pause'],
    [as('supervisor', { district: 'XC' }), 'exclude'],
    [as('handler', { unit: 'property-1' }), 'accept'],
    [as('auditor', {}), 'read-history'],
    [as('admin', {}), 'open-station'],
  ])('is granted: %j %s', (principal, action) => {
    expect(() => authorise(principal, action, place)).not.toThrow();
  });

  it.each<[Principal, Action, string]>([
    [as('volunteer', { station: 'OTHER' }), 'resolve', 'foreign-station'],
    [as('volunteer', { station: 'YFXJ' }), 'exclude', 'forbidden-role'],
    [as('coordinator', { community: 'OTHER' }), 'assign', 'out-of-scope'],
    [as('supervisor', { street: 'OTHER' }), 'read-request', 'out-of-scope'],
    [as('handler', { unit: 'property-2' }), 'accept', 'out-of-scope'],
    [as('handler', { unit: 'property-1' }), 'assign', 'forbidden-role'],
    [as('auditor', { district: 'OTHER' }), 'read-history', 'out-of-scope'],
    [as('auditor', {}), 'close', 'forbidden-role'],
    [as('analyst', {}), 'read-history', 'forbidden-role'],
    [as('analyst', { district: 'OTHER' }), 'read-statistics', 'out-of-scope'],
    [as('admin', {}), 'read-request', 'forbidden-role'],
  ])('is refused: %j %s with %s', (principal, action, slug) => {
    expect(() => authorise(principal, action, place)).toThrow(slug);
  });
});
