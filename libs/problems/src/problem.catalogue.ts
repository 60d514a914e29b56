// oxlint-disable max-lines -- one list of sentences, longer with every problem that is told apart
import type { Phrase } from './language.js';

export type ProblemEntry = {
  status: number;
  title: Phrase;
  /** The sentence a client reads; `{name}` is filled from the problem's params. */
  detail: Phrase;
  headers?: Readonly<Record<string, string>>;
};

const bearer = 'Bearer realm="yizhan"';

// The slugs are part of the API (`type` is made of them): never rename one, sentences may change freely.
const entries = {
  'malformed-request': {
    status: 400,
    title: { zh: '请求不正确', en: 'Malformed request' },
    detail: { zh: '请求的地址或请求头不正确。', en: 'The address or a header of the request is malformed.' },
  },
  'malformed-header': {
    status: 400,
    title: { zh: '请求头不正确', en: 'Malformed header' },
    detail: { zh: '请求头 {header} 应写作 {form}。', en: 'The header {header} must be {form}.' },
  },
  'station-needed': {
    status: 400,
    title: { zh: '请写明驿站', en: 'Station needed' },
    detail: {
      zh: '请在 station 中写明在哪个驿站登记。',
      en: 'Say in `station` where the request is logged.',
    },
  },
  'nothing-to-correct': {
    status: 400,
    title: { zh: '没有要更正的内容', en: 'Nothing to correct' },
    detail: {
      zh: '请至少写一项要更正的内容：summary、details、place 或 resident。',
      en: 'Name at least one of summary, details, place or resident.',
    },
  },
  'malformed-json': {
    status: 400,
    title: { zh: '内容不是有效的 JSON', en: 'Malformed JSON' },
    detail: { zh: '提交的内容不是有效的 JSON。', en: 'The body is not valid JSON.' },
  },
  'invalid-body': {
    status: 400,
    title: { zh: '填写有误', en: 'Invalid body' },
    detail: {
      zh: '提交的内容有填写不对的地方，请看 errors 中的逐项说明。',
      en: 'Some fields are not right; errors says which and why.',
    },
  },
  'invalid-query': {
    status: 400,
    title: { zh: '查询条件有误', en: 'Invalid query' },
    detail: {
      zh: '查询条件有不对的地方，请看 errors 中的逐项说明。',
      en: 'Some query parameters are not right; errors says which and why.',
    },
  },
  'unknown-cursor': {
    status: 400,
    title: { zh: '游标无效', en: 'Unknown cursor' },
    detail: {
      zh: '这不是本服务给出的游标；请用收到的最后一个 id，或用 ?from=beginning 从头开始。',
      en: 'This cursor was not given out here; send the last id you received, or begin again with ?from=beginning.',
    },
  },
  'body-too-large': {
    status: 413,
    title: { zh: '内容过大', en: 'Body too large' },
    detail: { zh: '提交的内容超过了允许的大小。', en: 'The body is larger than allowed.' },
  },
  'unsupported-media-type': {
    status: 415,
    title: { zh: '不支持的内容类型', en: 'Unsupported media type' },
    detail: {
      zh: '请用 Content-Type: application/json 提交。',
      en: 'Send the body as Content-Type: application/json.',
    },
  },
  unauthenticated: {
    status: 401,
    title: { zh: '未登录', en: 'Not authenticated' },
    detail: { zh: '请出示有效的令牌。', en: 'A valid bearer token is needed.' },
    headers: { 'www-authenticate': bearer },
  },
  'token-expired': {
    status: 401,
    title: { zh: '登录已过期', en: 'Token expired' },
    detail: { zh: '令牌已过期，请重新领取。', en: 'The token has expired; ask for a new one.' },
    headers: { 'www-authenticate': `${bearer}, error="invalid_token", error_description="expired"` },
  },
  'forbidden-role': {
    status: 403,
    title: { zh: '没有这项权限', en: 'Not allowed for this role' },
    detail: { zh: '您的角色不能做这件事。', en: 'Your role may not do this.' },
  },
  'foreign-station': {
    status: 403,
    title: { zh: '不是本站的事项', en: 'Another station' },
    detail: {
      zh: '这是别的驿站的事项，您只能办理本站的。',
      en: "This belongs to another station; you act for your own station's requests only.",
    },
  },
  'out-of-scope': {
    status: 403,
    title: { zh: '超出管辖范围', en: 'Out of scope' },
    detail: { zh: '这件事不在您的管辖范围内。', en: 'This lies outside what you are responsible for.' },
  },
  'foreign-cursor': {
    status: 403,
    title: { zh: '不是您的游标', en: 'Not your cursor' },
    detail: {
      zh: '这个游标属于别人、别的管辖范围或别的筛选条件；请不带游标重新开始。',
      en: 'This cursor belongs to another subscriber, scope or filter; begin again without it.',
    },
  },
  'not-found-route': {
    status: 404,
    title: { zh: '没有这个地址', en: 'No such route' },
    detail: { zh: '没有这个地址。', en: 'There is nothing at this address.' },
  },
  'unknown-request': {
    status: 404,
    title: { zh: '没有这件诉求', en: 'No such request' },
    detail: {
      zh: '没有找到这件诉求，请核对编号。',
      en: 'There is no such request; please check its number.',
    },
  },
  'unknown-station': {
    status: 404,
    title: { zh: '没有这个驿站', en: 'No such station' },
    detail: { zh: '没有找到这个驿站，请核对代码。', en: 'There is no such station; please check its code.' },
  },
  'unknown-district': {
    status: 404,
    title: { zh: '没有这个区', en: 'No such district' },
    detail: { zh: '没有找到这个区，请核对代码。', en: 'There is no such district; please check its code.' },
  },
  'unknown-policy-version': {
    status: 404,
    title: { zh: '没有这个政策版本', en: 'No such version of the policy' },
    detail: {
      zh: '在位置 {position} 时还没有发布过 {version}；known 中列出了当时已有的版本。',
      en: 'At position {position} there was no {version} published; known lists the versions there were.',
    },
  },
  'unknown-projection': {
    status: 404,
    title: { zh: '没有这个读模型', en: 'No such projection' },
    detail: {
      zh: '没有叫 {name} 的读模型。',
      en: 'There is no projection {name}; known lists those there are.',
    },
  },
  'nothing-parked': {
    status: 404,
    title: { zh: '没有暂存的记录', en: 'Nothing is parked' },
    detail: { zh: '{name} 没有暂存 {stream} 的记录。', en: 'No records of {stream} are parked in {name}.' },
  },
  'still-parked': {
    status: 409,
    title: { zh: '仍然无法处理', en: 'It still cannot be applied' },
    detail: { zh: '{stream} 的记录仍在暂存：{why}', en: 'The records of {stream} stay parked: {why}' },
  },
  'rebuild-running': {
    status: 409,
    title: { zh: '正在重建', en: 'Rebuild running' },
    detail: {
      zh: '{name} 正在重建，请等它完成。',
      en: 'The read model {name} is being rebuilt already; wait until that is done.',
    },
  },
  'not-allowed-in-state': {
    status: 409,
    title: { zh: '目前的状态下不能这样办', en: 'Not allowed in this state' },
    detail: { zh: '目前的状态下不能这样办。', en: 'This is not possible in the present state.' },
  },
  conflict: {
    status: 409,
    title: { zh: '有人同时在办理', en: 'Conflict' },
    detail: {
      zh: '有人同时在办理同一件事，请重新查看后再试。',
      en: 'Somebody else was changing the same thing; look again and retry.',
    },
  },
  'precondition-failed': {
    status: 412,
    title: { zh: '内容已有更新', en: 'Changed since you looked' },
    detail: {
      zh: '您看过之后又有了新的记录，见 events。',
      en: 'More has been recorded since you looked; events lists what.',
    },
  },
  'idempotency-key-reused': {
    status: 422,
    title: { zh: '幂等键已被使用', en: 'Idempotency key reused' },
    detail: {
      zh: '这个 Idempotency-Key 已经用于另一次不同的提交。',
      en: 'This Idempotency-Key was used before with a different body.',
    },
  },
  'not-yet-consistent': {
    status: 503,
    title: { zh: '数据尚未更新', en: 'Not yet consistent' },
    detail: {
      zh: '您刚提交的内容还没有更新到这里，请稍候再查。',
      en: 'What you wrote has not arrived here yet; ask again in a moment.',
    },
    headers: { 'retry-after': '1' },
  },
  unavailable: {
    status: 503,
    title: { zh: '服务暂时不可用', en: 'Unavailable' },
    detail: {
      zh: '服务暂时不可用，请稍后再试。',
      en: 'The service is not available at the moment; try again later.',
    },
    headers: { 'retry-after': '5' },
  },
  'not-written': {
    status: 503,
    title: { zh: '暂时无法保存', en: 'Cannot be stored' },
    detail: {
      zh: '磁盘已满或无法写入，这次提交没有保存；请告诉管理员，腾出空间后再提交一次。',
      en: 'The disk is full or cannot be written, so nothing was stored; tell your administrator, and send it again once there is room.',
    },
    headers: { 'retry-after': '30' },
  },
  internal: {
    status: 500,
    title: { zh: '系统出错', en: 'Internal error' },
    detail: {
      zh: '系统出错了，请把 correlationId 告诉管理员。',
      en: 'Something went wrong here; give the correlationId to your administrator.',
    },
  },
} satisfies Record<string, ProblemEntry>;

export type ProblemSlug = keyof typeof entries;

/** Every problem the API can answer with. */
export const catalogue: Readonly<Record<ProblemSlug, ProblemEntry>> = entries;

/** The value of `type`: stable, and needing no host. */
export function problemType(slug: ProblemSlug): string {
  return `urn:yizhan:problem:${slug}`;
}
