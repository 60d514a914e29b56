const event = {
  specversion: '1.0',
  id: '0b6f3a52-7a3c-5d0e-8a4c-0c2c4b4b6a11',
  type: 'cn.yizhan.request.returned.v1',
  source: '/eventstore/request-YFXJ-261122-7K3QX',
  subject: 'YFXJ-261122-7K3QX',
  time: '2026-11-22T02:30:00.000Z',
  recordedtime: '2026-11-22T02:30:00.000Z',
  streamrevision: '2',
  partitionkey: 'request-YFXJ-261122-7K3QX',
  position: '4711',
  correlationid: 'b7d7c9a2-9c3a-4f6f-9a52-6d7a1f3c9e10',
  causationid: '2f1c1f0e-52c5-5b6e-8f5c-1a2b3c4d5e6f',
  dataschema: 'https://yizhan.example/schemas/request.returned.v1.json',
  datacontenttype: 'application/json',
  data: {
    requestId: 'YFXJ-261122-7K3QX',
    station: 'YFXJ',
    by: { kind: 'property', id: 'wuye-yf', name: '永丰物业' },
  },
};

/** What the documentation of the API shows. */
export const example = `id: AAAAAAAAEmcq…\nevent: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`;
