import { basename } from 'node:path';
import { compiled } from '../../reliability/compiled.js';

// Each fault is a file of this folder, `<fault>.<module>.ts`, that stands in the place of that module.
const modules = {
  'advances-on-error': 'apps/relay/src/relay.outlet',
  'answers-at-once': 'libs/read-store/src/partitioned-runner',
  'commits-apart': 'libs/read-store/src/projector',
  'drops-what-fails': 'libs/read-store/src/parking',
  'forgets-parked-keys': 'libs/read-store/src/parking',
  'hides-the-parking': 'libs/read-store/src/parking',
  'takes-no-lock': 'libs/read-store/src/database',
} as const;

/** What may be wrong with a relay or projector that a test starts, and with no other. */
export type PlantedFault = keyof typeof modules;

/** For its environment; its node loads `variantHook` first. */
export const planted = (fault: PlantedFault): Record<string, string> => ({
  VARIANT: compiled(`../pipeline/variants/${fault}.${basename(modules[fault])}.js`).href,
  VARIANT_OF: `/${modules[fault]}.js`,
});

export const variantHook = '../processes/variant.hook.js';
