import type { Handler } from '#requests';
import { named } from './profile.js';

// In this order: 物业维修部 is the property company, not a contractor.
const kinds: [RegExp, Handler['kind']][] = [
  [/物业/, 'property'],
  [/居委|社区|村委|党委|党支部|楼门长|网格/, 'committee'],
  [/街道|城管|派出所|交警|公安|环卫|供电|供水|自来水|燃气|热力|消防|[局办所]$/, 'department'],
  [/施工|工程|维修|工地/, 'contractor'],
  [/志愿|党员/, 'volunteer'],
  [/邻居|邻里|住户|居民/, 'neighbour'],
];

/**
 * The units that the register's 联系谁 names, the lead first. The register has no list of units: a unit is known by its
 * name, and its kind is read from its words (`partner` where they do not say). Throws `Quarantined` where one is no name.
 */
export const handlersOf = (cell: string): Handler[] =>
  cell
    .split(/[、，,；;/]/)
    .flatMap((name) => named(name.trim()) ?? [])
    .map((name) => ({ id: name, kind: kinds.find(([words]) => words.test(name))?.[1] ?? 'partner', name }));
