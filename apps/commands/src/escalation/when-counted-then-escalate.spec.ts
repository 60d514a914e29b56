import type { RequestCommand } from '#requests';
import { Consequence } from '../reaction/consequence.js';
import { Policies } from '../reaction/policies.js';
import { PolicyProgress } from '../reaction/policy.progress.js';
import { TermsDirectory } from '../policy/terms.directory.js';
import { WhenMergedThenTheOtherFollows } from '../request/when-merged-then-the-other-follows.policy.js';
import { WhenSplitThenLogTheParts } from '../request/when-split-then-log-the-parts.policy.js';
import { Village, property } from './village.fixture.js';
import { WhenCountedThenEscalate } from './when-counted-then-escalate.js';

const id = 'YFXJ-261122-7K3QQ';
const following = [
  Consequence,
  PolicyProgress,
  TermsDirectory,
  WhenMergedThenTheOtherFollows,
  WhenSplitThenLogTheParts,
  WhenCountedThenEscalate,
  Policies,
];
const round: RequestCommand[] = [
  { type: 'Assign', data: { to: property } },
  { type: 'Return', data: { reason: '不属于物业' } },
];
const again: RequestCommand[] = [
  { type: 'Resolve', data: { outcome: '已清理' } },
  { type: 'Reopen', data: { reason: '又结冰了' } },
];

describe('what a request goes through again and again', () => {
  let village: Village;
  beforeEach(async () => {
    village = new Village({ now: '2026-11-22T01:30:00.000Z' });
    await village.log(id);
  });
  afterEach(() => village.end());

  const live = async (...commands: RequestCommand[]) => {
    for (const command of commands) await village.say(id, command);
  };
  const calls = async () => (await village.lifeOf(id)).filter(({ type }) => type === 'Escalated');

  /** Until nothing was appended for a while. */
  async function settled(): Promise<void> {
    for (let before = -1; before !== village.all.length;) {
      before = village.all.length;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }

  it('calls the level above at the third return, because of it and in the rule’s own name', async () => {
    await village.start(...following);
    await live(...round, ...round, ...round);
    await settled();
    const third = (await village.lifeOf(id)).filter(({ type }) => type === 'Returned')[2];
    expect(await calls()).toMatchObject([
      {
        data: { from: 'station', to: 'community', trigger: 'third-return', count: 3 },
        metadata: {
          actor: {
            subject: 'when-returned-three-times-then-escalate',
            name: '三次退单升级',
            role: 'policy',
          },
          $causationId: `${third?.id}/EscalateByRule`,
          $correlationId: third?.metadata.$correlationId,
        },
      },
    ]);
  });

  it('calls once for each third, by however many processes, however often they start', async () => {
    await live(...round, ...round, ...round, ...round, ...round, ...round, ...round);
    await Promise.all([village.start(...following), village.start(...following)]);
    await settled();
    await village.end();
    await village.start(...following);
    await settled();
    expect((await calls()).map(({ data }) => data)).toMatchObject([
      { to: 'community', count: 3 },
      { to: 'street', count: 6 },
    ]);
  });

  it('calls at the third reopening, although it was resolved again before the log was followed', async () => {
    await live({ type: 'Claim', data: { by: property } }, ...again, ...again, ...again, again[0]!);
    await village.start(...following);
    await settled();
    expect((await calls()).map(({ data }) => data)).toMatchObject([
      { to: 'community', trigger: 'third-reopening', count: 3 },
    ]);
  });
});
