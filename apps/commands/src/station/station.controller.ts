import { Body, Controller, Param } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import { type StationCommand, stationSchema } from '#stations';
import type { Answer } from '../answer.js';
import { type Asked, AskedWith } from '../asked.js';
import { CommandRoute } from '../command-route.js';
import { KeyRegister } from '../key.register.js';
import { StationAnswer, stationAnswer } from './station.answer.js';
import { StationDirectory } from './station.directory.js';
import { CloseStationDto, OpenStationDto, RenameStationDto } from './station.dto.js';
import { ExecuteStationCommand } from './station.handler.js';

@ApiTags('stations 驿站')
@Controller('v1/stations')
export class StationController {
  constructor(
    private readonly bus: CommandBus,
    private readonly directory: StationDirectory,
    private readonly keys: KeyRegister,
  ) {}

  @CommandRoute('', {
    allow: 'open-station',
    summary: 'Open a station 开站',
    answer: StationAnswer,
    creates: true,
  })
  async open(@Body() body: OpenStationDto, @AskedWith() asked: Asked): Promise<Answer<StationAnswer>> {
    await this.keys.take(asked, asked.now.slice(0, 10));
    const { code, name, community, street, district, timeZone = 'Asia/Shanghai' } = body;
    return this.run(code, asked, {
      type: 'OpenStation',
      data: { code, name, community, street, district, timeZone },
    });
  }

  @CommandRoute(':code/name', {
    allow: 'rename-station',
    summary: 'Rename a station 更名',
    answer: StationAnswer,
    refuses: ['unknown-station'],
  })
  rename(
    @Param('code') code: string,
    @Body() { name }: RenameStationDto,
    @AskedWith() asked: Asked,
  ): Promise<Answer<StationAnswer>> {
    return this.run(code, asked, { type: 'RenameStation', data: { name } });
  }

  @CommandRoute(':code/closing', {
    allow: 'close-station',
    summary: 'Close a station 关站',
    answer: StationAnswer,
    refuses: ['unknown-station'],
  })
  close(
    @Param('code') code: string,
    @Body() { reason }: CloseStationDto,
    @AskedWith() asked: Asked,
  ): Promise<Answer<StationAnswer>> {
    return this.run(code, asked, { type: 'CloseStation', data: { reason } });
  }

  private async run(code: string, asked: Asked, command: StationCommand): Promise<Answer<StationAnswer>> {
    const { key, keyGiven, ifRevision } = asked;
    const metadata = { ...asked.metadata, schema: stationSchema };
    const execution = {
      command,
      key,
      keyGiven,
      metadata,
      ...(ifRevision === undefined ? {} : { ifRevision }),
    };
    const outcome = await this.bus.execute(new ExecuteStationCommand(code, execution));
    this.directory.forget(code);
    return stationAnswer(code, outcome);
  }
}
