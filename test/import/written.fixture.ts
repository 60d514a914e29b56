import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import iconv from 'iconv-lite';

/** How a file is laid down; `bom`: UTF-8 with its mark. */
export type Written = 'utf-8' | 'bom' | 'gb18030' | 'gzip';

const registerColumns = '登记时间,居民,电话,楼号,单元,反映问题,联系谁,办理情况,办结时间,值班人';
const caseworkColumns = 'unique_key,account,opendate,closedate,complaint_type,descriptor,council_dist';
const baltimoreColumns =
  'SRRecordID,SRType,MethodReceived,CreatedDate,SRStatus,DueDate,CloseDate,Agency,CouncilDistrict';

export const register = (lines: readonly string[]): string => csv(registerColumns, lines);
export const casework = (lines: readonly string[]): string => csv(caseworkColumns, lines);
export const baltimore = (lines: readonly string[]): string => csv(baltimoreColumns, lines);

/** So many cases, the tenth part of them open. */
export const manyCases = (count: number): string =>
  casework(
    Array.from({ length: count }, (_, index) => {
      const closed = index % 10 === 0 ? '' : '2022-01-06';
      return `NYCC${index},NYCC0${1 + (index % 5)},2022-01-01,${closed},Health,COVID-19,NYCC03`;
    }),
  );

/** Lays a file down in a folder; resolves with its path. */
export async function laidDown(
  folder: string,
  name: string,
  text: string,
  as: Written = 'utf-8',
): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, bytesOf(text, as));
  return path;
}

function bytesOf(text: string, as: Written): Buffer {
  if (as === 'gzip') return gzipSync(text);
  if (as === 'gb18030') return iconv.encode(text, 'gb18030');
  return Buffer.from(as === 'bom' ? `\uFEFF${text}` : text);
}

const csv = (columns: string, lines: readonly string[]): string => [columns, ...lines, ''].join('\n');
