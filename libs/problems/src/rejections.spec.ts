import { calendarFaults, calendarRejections } from '#calendar';
import { Rejection } from '#event-sourcing';
import { policyFaults, policyRejections, shippedPolicy } from '#policies';
import { requestRejections } from '#requests';
import { stationRejections } from '#stations';
import { problemDocument } from './problem.document.js';
import { explainRejection, rejections } from './rejections.js';

const reasons = [...requestRejections, ...stationRejections, ...policyRejections, ...calendarRejections];

const told = (rejection: Rejection, language: 'zh' | 'en') =>
  JSON.parse(
    problemDocument(explainRejection(rejection), { instance: '/x', correlationId: 'c' }, language),
  ) as Record<string, unknown>;

describe('the rejections', () => {
  it.each(reasons)('%s has a sentence in both languages', (reason) => {
    expect(rejections[reason]?.zh).toMatch(/[\u4e00-\u9fff].*。$/);
    expect(rejections[reason]?.en).toMatch(/^[A-Z].*\.$/);
  });

  it('are those of the domain and no others', () => {
    expect(Object.keys(rejections).sort()).toEqual([...reasons].sort());
  });

  it('say the state and what is allowed in it', () => {
    const rejection = new Rejection('request-resolved', { state: 'resolved', allowed: ['Close', 'Reopen'] });
    expect(told(rejection, 'en')).toMatchObject({
      type: 'urn:yizhan:problem:not-allowed-in-state',
      status: 409,
      reason: 'request-resolved',
      state: 'resolved',
      allowed: ['Close', 'Reopen'],
      detail: expect.stringContaining('reopen it first') as string,
    });
  });

  it('answer 404 for a request that does not exist', () => {
    const rejection = new Rejection('request-unknown', { state: 'unlogged', allowed: ['LogRequest'] });
    const document = told(rejection, 'zh');
    expect(document).toMatchObject({ type: 'urn:yizhan:problem:unknown-request', status: 404 });
    expect(document).not.toHaveProperty('allowed');
  });

  it('put facts into the sentence, in its language', () => {
    const rejection = new Rejection('one-level-at-a-time', { level: 'station', next: 'community' });
    expect(told(rejection, 'zh')['detail']).toBe('只能逐级升级；现在在驿站，上一级：社区。');
    expect(told(rejection, 'en')['detail']).toContain('at the station now, the next level is: community.');
  });

  it('say that there is none where a fact is missing', () => {
    expect(told(new Rejection('not-the-holder', { holder: null }), 'zh')['detail']).toContain(
      '现在的承办方：无。',
    );
    const top = new Rejection('one-level-at-a-time', { level: 'district', next: undefined });
    expect(told(top, 'zh')['detail']).toBe('只能逐级升级；现在在区，上一级：无。');
  });

  it('say of each field what is wrong with it', () => {
    const faults = [
      ...policyFaults({ ...shippedPolicy, otherwise: 'calm' }),
      ...calendarFaults({
        year: 2027,
        daysOff: [],
        makeUpDays: [{ day: '2027-10-11', name: '' }],
        workingHours: null,
      }),
    ];
    expect(told(new Rejection('policy-cannot-hold', { faults }), 'en')).toMatchObject({
      status: 400,
      errors: [
        { field: 'otherwise', message: 'is no class of this policy' },
        { field: 'makeUpDays.0.day', message: 'is no Saturday or Sunday: people work then anyway' },
      ],
    });
    expect(told(new Rejection('policy-cannot-hold', { faults }), 'zh')['errors']).toContainEqual({
      field: 'otherwise',
      message: '没有这个紧急程度',
    });
  });

  it('that nobody has explained are still a refusal in words', () => {
    expect(told(new Rejection('never-heard-of', { a: 1 }), 'zh')).toMatchObject({
      status: 409,
      reason: 'never-heard-of',
      a: 1,
      detail: '目前的状态下不能这样办。',
    });
  });
});
