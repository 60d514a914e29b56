import { splitting } from './splitting.contract.js';
import { openTown } from './town.js';

splitting(openTown);
