import type { LoggedAt } from '#requests';

/** Twenty stations in four districts; a logbook and the figures of a district are asked of the first ones. */
export const stations: readonly LoggedAt[] = Array.from({ length: 20 }, (_, index) => {
  const district = `第${(index % 4) + 1}区`;
  const community = `第${index + 1}社区`;
  const code = `ZZ${String(index + 1).padStart(2, '0')}`;
  return {
    code,
    name: `${community}驿站`,
    community,
    street: `${district}街道`,
    district,
    timeZone: 'Asia/Shanghai',
  };
});
