import { CommandBus } from '@nestjs/cqrs';
import { type Action, type Role, permissions } from '#access';
import type { EventStore } from '#event-store';
import { type Policy, approvedActions, approvers, policyStream, shippedPolicy } from '#policies';
import { type RequestCommand, requestId } from '#requests';
import type { Asked } from '../asked.js';
import { Village, property, station } from '../escalation/village.fixture.js';
import { TermsDirectory } from '../policy/terms.directory.js';
import { StationDirectory } from '../station/station.directory.js';
import { RequestDispatch } from './request.dispatch.js';

const now = '2026-11-16T02:00:00.000Z';
const id = requestId(station.code, '2026-11-16', 'a request', 0);
const scopes = {
  handler: { unit: property.id },
  coordinator: { community: station.community },
  supervisor: { street: station.street },
};
type Approver = keyof typeof scopes;

const handBack: RequestCommand = { type: 'Return', data: { reason: '不归我们管' } };
const exclude: RequestCommand = { type: 'Exclude', data: { approver: '王书记', reason: '不在本社区' } };

/** What becomes of a command of a role, where the district has published such approvals. */
async function said(role: Approver, command: RequestCommand, approvals: Partial<Policy['approvals']> = {}) {
  const village = new Village({ now });
  await village.open();
  await village.log(id);
  await village.say(id, { type: 'Assign', data: { to: property } });
  const policy = { ...shippedPolicy, approvals: { ...shippedPolicy.approvals, ...approvals } };
  const version = { version: 1, from: '2026-01-01', note: null, policy };
  await village.tell(policyStream(station.district), 'no_stream', [
    { type: 'PolicyPublished', data: version },
  ]);
  const store = village as unknown as EventStore;
  const dispatch = new RequestDispatch(
    (await village.start()).get(CommandBus),
    new StationDirectory(store),
    new TermsDirectory(store),
  );
  const who = { subject: role, name: role, role };
  const asked: Asked = {
    caller: { ...who, scope: scopes[role] },
    key: role,
    keyGiven: true,
    ifRevision: undefined,
    now,
    metadata: { $correlationId: role, $causationId: role, actor: who, commandHash: role },
  };
  const action = command.type.toLowerCase() as Action;
  try {
    await dispatch.run(id, action, {}, asked, command);
    return (await village.lifeOf(id)).at(-1)?.type;
  } catch (error) {
    return (error as Error).message;
  } finally {
    await village.end();
  }
}

describe('a return', () => {
  it('needs nobody’s word where the policy is the one that comes with the program', async () => {
    expect(await said('handler', handBack)).toBe('Returned');
  });

  it('is not the unit’s to approve where a district asks for the coordinator’s word', async () => {
    const approvals = { return: ['coordinator' as const] };
    expect(await said('handler', handBack, approvals)).toBe('forbidden-role');
    expect(await said('coordinator', handBack, approvals)).toBe('Returned');
  });
});

describe('an exclusion', () => {
  it('is the supervisor’s to approve', async () => {
    expect(await said('supervisor', exclude)).toBe('Excluded');
    expect(await said('coordinator', exclude)).toBe('forbidden-role');
  });

  // Such a policy cannot be published any more.
  it('is nobody’s where a district has named only those who may not exclude', async () => {
    const approvals = { exclude: ['coordinator' as const] };
    expect(await said('supervisor', exclude, approvals)).toBe('forbidden-role');
    expect(await said('coordinator', exclude, approvals)).toBe('forbidden-role');
  });
});

describe('whom a policy may name', () => {
  it.each(approvedActions)('to approve (%s) are those who have the permission', (action) =>
    expect([...approvers[action]].sort()).toEqual((Object.keys(permissions[action]) as Role[]).sort()),
  );
});
