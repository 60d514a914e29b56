import { Injectable } from '@nestjs/common';
import { Problem } from '#problems';
import { tablesOf } from '#read-store';
import { ReadModels } from '../read-models.js';
import { stationProjection } from '../station/station.projection.js';

/** Which districts there are: those with a station. */
@Injectable()
export class Districts {
  constructor(private readonly models: ReadModels) {}

  /** Throws the problem `unknown-district` where no station is in it and it is not the one word that stands for all. */
  async mustKnow(district: string, all?: string): Promise<void> {
    if (district === all) return;
    // PostgreSQL has no text with NUL, and no district is called so.
    const known = district.includes('\0') ? [] : await this.stationsIn(district);
    if (known.length === 0) throw new Problem('unknown-district', { district });
  }

  private async stationsIn(district: string): Promise<unknown[]> {
    const { rows } = await this.models.database.query<{ code: string }>(
      `select code from ${tablesOf(stationProjection).rows} where district = $1 limit 1`,
      [district],
    );
    return rows;
  }
}
