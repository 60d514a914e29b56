import { lifeOfARequest } from './journey.contract.js';
import { openTown } from './town.js';

lifeOfARequest(openTown);
