import { ApiProperty } from '@nestjs/swagger';
import { IsTimeZone } from 'class-validator';
import { placeName, stationCode } from '#stations';
import { Code, MayBeAbsent, Text, codeForm } from '../fields.js';

const form = {
  zh: '须以文字或数字开头，最多 64 个字，不能有符号',
  en: 'must begin with a letter or digit and have at most 64 characters, no symbols',
};

export class OpenStationDto {
  @Code(stationCode, {
    example: 'YFXJ',
    form: codeForm,
    description: 'The first part of every number given out here.',
  })
  readonly code!: string;

  @Text({ max: 100, example: '幸福小区驿站' })
  readonly name!: string;

  @Code(placeName, { example: '幸福社区', form })
  readonly community!: string;

  @Code(placeName, { example: '朝阳街道', form })
  readonly street!: string;

  @Code(placeName, { example: '和平区', form })
  readonly district!: string;

  @ApiProperty({
    required: false,
    example: 'Asia/Shanghai',
    default: 'Asia/Shanghai',
    description: 'IANA time zone.',
  })
  @MayBeAbsent()
  @IsTimeZone()
  readonly timeZone?: string;
}

export class RenameStationDto {
  @Text({ max: 100, example: '幸福小区红色驿站' })
  readonly name!: string;
}

export class CloseStationDto {
  @Text({ max: 500, example: '与相邻驿站合并' })
  readonly reason!: string;
}
