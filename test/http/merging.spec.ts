import { merging } from './merging.contract.js';
import { openTown } from './town.js';

merging(openTown);
