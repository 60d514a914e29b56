import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Failure } from '../failure.js';
import { Refused } from '../session/api.js';
import { RulesFile } from './rules.file.js';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'yizhan-rules-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function fileWith(text: string): Promise<RulesFile> {
  const path = join(folder, 'policy.yaml');
  await writeFile(path, text);
  return RulesFile.read(path);
}

const text = `from: 2027-01-01
classes:
  - code: general
    limits:
      resolution: { amount: 7, unit: working-days }
  - code: urgent
    limits:
      resolution:
        amount: -2
`;

describe('a file of rules', () => {
  it('is read as the body that is sent, days as text', async () =>
    expect((await fileWith(text)).body).toMatchObject({
      from: '2027-01-01',
      classes: [{}, { code: 'urgent' }],
    }));

  it('says on which line a field is wrong, or where one is missing', async () => {
    const refused = new Refused('', [
      { field: 'classes.1.limits.resolution.amount', message: 'must be more' },
      { field: 'classes.0.name', message: 'is missing' },
      { field: 'rates', message: 'is missing' },
    ]);
    const { message } = (await fileWith(text)).explained(refused) as Failure;
    expect(message.split('\n').map((line) => line.split('policy.yaml:')[1])).toEqual([
      '9: classes.1.limits.resolution.amount: must be more',
      '3: classes.0.name: is missing',
      '1: rates: is missing',
    ]);
  });

  it.each([
    ['is no YAML', 'classes:\n  - a: [1\n', /policy\.yaml:\d+: /],
    ['is no mapping', '- 1\n', /no mapping/],
  ])('that %s is refused', async (_, text, words) => {
    await expect(fileWith(text).then(({ body }) => body)).rejects.toThrow(words);
    await expect(fileWith(text).then(({ body }) => body)).rejects.toThrow(Failure);
  });

  it('that is not there is refused', () =>
    expect(RulesFile.read(join(folder, 'none.yaml'))).rejects.toThrow(/cannot be read/));
});
