import { setImmediate as turn } from 'node:timers/promises';
import { GroupCommit } from './group-commit.js';
import type { Chain } from './partitioned-feed.js';
import type { Applied } from './projector.js';

const chain = (partition: number, next = 1n): Chain => ({ partition, links: [], next });
const applied = ({ next }: Chain): Applied => ({
  applied: 1,
  position: next,
  recordedAt: undefined,
  events: 1n,
  nextOffset: next,
});

/** Notes what is applied together; a chain of a partition in `refused` makes it fail. */
function commits(refused = new Map<number, Error>()) {
  const groups: number[][] = [];
  const apply = async (chains: readonly Chain[]) => {
    groups.push(chains.map(({ partition }) => partition));
    await turn();
    for (const { partition } of chains) if (refused.has(partition)) throw refused.get(partition);
    return chains.map(applied);
  };
  return { groups, commit: new GroupCommit(apply) };
}

describe('a group commit', () => {
  it('applies together what came at the same time, and answers each', async () => {
    const { groups, commit } = commits();
    const answers = await Promise.all(
      [chain(0, 3n), chain(1, 5n), chain(2, 8n)].map((one) => commit.take(one)),
    );
    expect(groups).toEqual([[0, 1, 2]]);
    expect(answers.map(({ nextOffset }) => nextOffset)).toEqual([3n, 5n, 8n]);
  });

  it('lets what comes meanwhile wait for the next one', async () => {
    const { groups, commit } = commits();
    const first = commit.take(chain(0));
    await turn();
    await Promise.all([first, commit.take(chain(1)), commit.take(chain(2))]);
    expect(groups).toEqual([[0], [1, 2]]);
  });

  it('never has two chains of a partition in one transaction: the second begins where the first has come to', async () => {
    const { groups, commit } = commits();
    await Promise.all([commit.take(chain(0)), commit.take(chain(1)), commit.take(chain(0, 2n))]);
    expect(groups).toEqual([[0, 1], [0]]);
  });

  it('lets the others through where one cannot be applied', async () => {
    const { groups, commit } = commits(new Map([[1, new TypeError('a mistake')]]));
    const outcomes = await Promise.allSettled([0, 1, 2].map((partition) => commit.take(chain(partition))));
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(groups).toEqual([[0, 1, 2], [0], [1], [2]]);
  });

  it('fails for all where the database cannot be had: one after the other they would wait for it that often', async () => {
    const lost = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });
    const { groups, commit } = commits(new Map([[1, lost]]));
    const outcomes = await Promise.allSettled([0, 1].map((partition) => commit.take(chain(partition))));
    expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(groups).toEqual([[0, 1]]);
  });

  it('goes on after a failure', async () => {
    const { commit } = commits(new Map([[1, new TypeError('a mistake')]]));
    await expect(commit.take(chain(1))).rejects.toThrow('a mistake');
    expect(await commit.take(chain(0))).toMatchObject({ applied: 1 });
  });
});
