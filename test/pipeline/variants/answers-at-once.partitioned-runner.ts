import { PartitionedRunner as Runner } from '../../../libs/read-store/src/partitioned-runner.js';

/** Planted fault: whoever reads is answered at once, and not when what was written has come. */
export class PartitionedRunner extends Runner {
  override async reach(): Promise<boolean> {
    return this.served;
  }
}
