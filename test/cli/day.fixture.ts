import { tokenFor } from '../processes/station.process.js';

/** Asks a station that runs on a home, in one role after the other; what it reads knows everything it wrote. */
export function asker(url: string, home: string) {
  let token = '0@$all';
  const post = async (path: string, body: object, role: 'admin' | 'volunteer', scope = {}) => {
    const response = await fetch(url + path, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${await tokenFor(home, role, scope)}`,
        'content-type': 'application/json',
      },
      body: JSON.stringify(body),
    });
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
    token = response.headers.get('consistency-token') ?? token;
    return (await response.json()) as { id: string };
  };
  const at = { station: 'YFXJ' };
  return {
    open: (code = 'YFXJ', district = '海淀区') =>
      post(
        '/v1/stations',
        { code, name: `${code}驿站`, community: '永丰社区', street: '学院路街道', district },
        'admin',
      ),
    log: async (summary: string, category?: string, resident?: object) => {
      const body = {
        summary,
        channel: 'walk-in',
        ...(category && { category }),
        ...(resident && { resident }),
      };
      return (await post('/v1/requests', body, 'volunteer', at)).id;
    },
    resolve: async (id: string) => {
      const to = { id: 'wuye', kind: 'property', name: '永丰物业' };
      await post(`/v1/requests/${id}/assignment`, { to }, 'volunteer', at);
      await post(`/v1/requests/${id}/resolution`, { outcome: '已处理' }, 'volunteer', at);
    },
    callBack: (id: string, answer: object) => post(`/v1/requests/${id}/callback`, answer, 'volunteer', at),
    statistics: async (district: string) => {
      const path = `/v1/districts/${encodeURIComponent(district)}/statistics`;
      const headers = {
        authorization: `Bearer ${await tokenFor(home, 'admin')}`,
        'consistency-token': token,
        prefer: 'wait=30',
      };
      // oxlint-disable-next-line typescript/no-explicit-any -- a test may look at everything
      return (await (await fetch(url + path, { headers })).json()) as any;
    },
  };
}
