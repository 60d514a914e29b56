import * as fc from 'fast-check';
import { Rejection } from '#event-sourcing';
import type { RequestCommand } from '#requests';
import { unit } from '../spec/judged.js';
import { type QueriesApplication, auditor, startQueries } from '../spec/queries.application.js';

const [property, builder] = [unit('wuye'), unit('shigong')];
const at = '2026-11-02T02:00:00.000Z';
const later = '2026-11-20T02:00:00.000Z';

const commands: RequestCommand[] = [
  { type: 'Assign', data: { to: property } },
  { type: 'Assign', data: { to: builder } },
  { type: 'Accept', data: {} },
  { type: 'Return', data: { reason: '不归我管' } },
  { type: 'Resolve', data: { outcome: '已清理' } },
  { type: 'RecordCallback', data: { contacted: true, resolved: 'yes', satisfied: 'mostly', at: later } },
  { type: 'RecordCallback', data: { contacted: true, resolved: 'no', satisfied: 'no', at: later } },
  { type: 'RecordCallback', data: { contacted: false, at: later } },
  { type: 'Close', data: {} },
  { type: 'Reopen', data: { reason: '又坏了' } },
  { type: 'Pause', data: { approver: '王书记', reason: '等配件' } },
  { type: 'Resume', data: {} },
  { type: 'Recategorise', data: { category: '道路' } },
  { type: 'Correct', data: { changes: { place: { building: '6号楼', unit: null } }, reason: '记错楼号' } },
  { type: 'Withdraw', data: { reason: '居民自己解决了' } },
  { type: 'Exclude', data: { approver: '王书记', reason: '不在本区' } },
];
const place = { category: '扫雪除冰', place: { building: '5号楼', unit: null } };

const asked = (district: string, position: bigint | undefined): string[] => {
  const path = `/v1/districts/${encodeURIComponent(district)}/rates`;
  const asOf = position === undefined ? '' : `&asOf=${position}`;
  return [
    `${path}?from=2026-11-01&to=2026-11-30${asOf}`,
    `${path}?from=2026-11-01&to=2026-11-30&by=closing${asOf}`,
    ...['resolution', 'on-time', 'repeats'].map(
      (rate) => `${path}/evidence?from=2026-11-01&to=2026-11-30&rate=${rate}${asOf}`,
    ),
  ];
};

// Whatever happens later, and to whichever request: an answer as of a position is what it was.
describe('rates as of a position', () => {
  let app: QueriesApplication;
  let opened = 0;
  beforeAll(async () => {
    app = await startQueries();
  }, 180_000);
  afterAll(() => app.close());

  const bytes = async (path: string): Promise<string> => JSON.stringify((await app.get(path, auditor)).body);
  const answers = (district: string, position?: bigint) => Promise.all(asked(district, position).map(bytes));

  /** False where the request is in no state for it. */
  async function acted(id: string, command: RequestCommand): Promise<boolean> {
    try {
      await app.town.act(id, later, command);
      return true;
    } catch (error) {
      if (error instanceof Rejection) return false;
      throw error;
    }
  }

  it(
    'are the same bytes after all that comes',
    () =>
      fc.assert(
        fc.asyncProperty(
          fc.array(fc.tuple(fc.nat(3), fc.constantFrom(...commands)), { minLength: 6, maxLength: 24 }),
          async (steps) => {
            const [district, code] = [`第${(opened += 1)}区`, `DI${opened}`];
            await app.town.open(code, { district, community: district, street: district });
            const [due, ids] = ['2026-11-10T02:00:00.000Z', [] as string[]];
            const then = new Map<bigint, string[]>();
            for (const [which, command] of steps) {
              const known = ids[which];
              const deadlines = [{ kind: 'resolution' as const, dueAt: due }];
              if (known === undefined) ids.push(await app.town.log(code, at, { ...place, deadlines }));
              else if (!(await acted(known, command))) continue;
              then.set(app.town.position, await answers(district));
            }
            for (const [position, answer] of then) {
              expect(await answers(district, position)).toEqual(answer);
            }
            expect(new Set([...then.values()].map(String)).size).toBeGreaterThan(ids.length - 1);
          },
        ),
        { numRuns: 8 },
      ),
    120_000,
  );
});
