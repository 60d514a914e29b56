export { type Claim, claimDue } from './due.claims.js';
export { dueProjection, settling } from './due.projection.js';
