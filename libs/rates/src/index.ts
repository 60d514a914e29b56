export { type Callbacks, compositeOf } from './composite.js';
export { type Contestant, ranksOf } from './ranking.js';
export { type Share, meanOf, share, tenthsOf } from './share.js';
export { wilson } from './wilson.js';
