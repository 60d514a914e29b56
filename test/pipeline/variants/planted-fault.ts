import { compiled } from '../../reliability/compiled.js';

// Each fault is a file of this folder, `<fault>.<module>.ts`, that stands in the place of that module of the read store.
const modules = {
  'answers-at-once': 'partitioned-runner',
  'drops-what-fails': 'parking',
  'forgets-parked-keys': 'parking',
  'hides-the-parking': 'parking',
  'takes-no-lock': 'database',
} as const;

/** What may be wrong with a projector that a test starts, and with no other. */
export type PlantedFault = keyof typeof modules;

/** For its environment; its node loads `variantHook` first. */
export const planted = (fault: PlantedFault): Record<string, string> => ({
  VARIANT: compiled(`../pipeline/variants/${fault}.${modules[fault]}.js`).href,
  VARIANT_OF: `/libs/read-store/src/${modules[fault]}.js`,
});

export const variantHook = '../processes/variant.hook.js';
