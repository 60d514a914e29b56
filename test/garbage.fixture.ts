import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

setFlagsFromString('--expose-gc');

/** Collects what nobody holds any more; the memory of buffers is swept a moment later. */
export const collectGarbage = runInNewContext('gc') as () => void;
