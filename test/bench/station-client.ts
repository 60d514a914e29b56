import { setTimeout as pause } from 'node:timers/promises';
import { issueToken, openSigningKey } from '#access';

export type Tokens = { admin: string; volunteer: string; supervisor: string };

export const station = {
  code: 'YFXJ',
  name: '幸福小区驿站',
  community: '幸福社区',
  street: '朝阳街道',
  district: '和平区',
  timeZone: 'Asia/Shanghai',
};

/** Tokens that the server of this home accepts; makes its signing key when there is none yet. */
export async function tokensFor(home: string): Promise<Tokens> {
  const key = await openSigningKey(home);
  const issue = (role: 'admin' | 'volunteer' | 'supervisor', scope: object) =>
    issueToken(key, { subject: role, name: '张连生', role, scope }, '24h');
  return {
    admin: await issue('admin', {}),
    volunteer: await issue('volunteer', { station: station.code }),
    supervisor: await issue('supervisor', { district: station.district }),
  };
}

export async function openStation(url: string, admin: string): Promise<void> {
  const answer = await fetch(`${url}/v1/stations`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${admin}` },
    body: JSON.stringify(station),
  });
  if (!answer.ok) throw new Error(`the station was not opened: ${await answer.text()}`);
}

/** Resolves when every projection has applied all there is. */
export async function caughtUp(url: string): Promise<void> {
  for (let quiet = 0; quiet < 3; await pause(100)) {
    const text = await (await fetch(`${url}/metrics`)).text();
    const lags = [...text.matchAll(/^yizhan_projection_lag_seconds\S* (\S+)$/gm)].map(([, lag]) =>
      Number(lag),
    );
    quiet = lags.every((lag) => lag === 0) ? quiet + 1 : 0;
  }
}
