export { type Claim, claimDue } from './due.claims.js';
export { dueProjection, settling } from './due.projection.js';
export { type HeldOtherwise, type Holding, heldOtherwise, stationsHeld } from './held-otherwise.js';
