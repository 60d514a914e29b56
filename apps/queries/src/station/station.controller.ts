import { Controller, Param } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Caller, type Principal, authorise } from '#access';
import { Problem } from '#problems';
import { ReadRoute } from '../read-route.js';
import { StationReader } from './station.reader.js';
import { StationList, ListedStation, listedStation } from './station.view.js';

@ApiTags('stations 驿站')
@Controller('v1/stations')
export class StationReadController {
  constructor(private readonly stations: StationReader) {}

  @ReadRoute('', {
    allow: 'read-station',
    summary: 'List stations 驿站列表',
    description: 'What lies within the caller’s scope, by code; closed ones too.',
    answer: StationList,
    reads: ['station'],
  })
  async list(@Caller() caller: Principal): Promise<StationList> {
    return { items: (await this.stations.list(caller)).map(listedStation) };
  }

  @ReadRoute(':code', {
    allow: 'read-station',
    summary: 'A station 驿站',
    answer: ListedStation,
    reads: ['station'],
    problems: ['unknown-station', 'foreign-station', 'out-of-scope'],
  })
  async one(@Param('code') code: string, @Caller() caller: Principal): Promise<ListedStation> {
    const row = await this.stations.find(code);
    if (!row) throw new Problem('unknown-station', { station: code });
    authorise(caller, 'read-station', { ...row, station: row.code });
    return listedStation(row);
  }
}
