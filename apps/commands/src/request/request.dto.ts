import {
  channels,
  handlerKinds,
  levels,
  resolvedAnswers,
  satisfiedAnswers,
  type Channel,
  type Handler,
  type Level,
  type ResolvedAnswer,
  type SatisfiedAnswer,
} from '#requests';
import { stationCode } from '#stations';
import { Choice, Code, codeForm, Flag, Part, Parts, Text, Whole } from '../fields.js';
import { Entry } from '../occurrence.js';
import { numberForm, requestNumber } from './request-merging.dto.js';

const reason = { max: 500, example: '不属于我单位职责' };
const evenThough = {
  max: 500,
  example: '另一侧另行安排',
  optional: true,
  description: 'Why it ends although parts of it are still open; without it that is refused.',
};

export class PlaceDto {
  @Text({ max: 40, example: '5号楼', optional: true })
  readonly building?: string;

  @Text({ max: 40, example: '2单元', optional: true })
  readonly unit?: string;
}

export class ResidentDto {
  @Text({ max: 60, example: '王秀英', optional: true })
  readonly name?: string;

  @Code(/^[+\d][\d -]{2,24}$/, {
    example: '13800000000',
    form: { zh: '须为电话号码：3 到 25 位数字', en: 'must be a telephone number of 3 to 25 digits' },
    optional: true,
  })
  readonly phone?: string;

  @Text({ max: 40, example: '301', optional: true })
  readonly flat?: string;
}

export class PaperDto {
  @Whole({ min: 1, max: 100_000, example: 12 })
  readonly page!: number;

  @Whole({ min: 1, max: 1_000, example: 3 })
  readonly line!: number;
}

export class HandlerDto implements Handler {
  @Text({ max: 64, example: 'yangguang-wuye', description: 'The unit in a handler’s token.' })
  readonly id!: string;

  @Choice(handlerKinds, { example: 'property' })
  readonly kind!: Handler['kind'];

  @Text({ max: 100, example: '阳光物业' })
  readonly name!: string;
}

export class LogRequestDto extends Entry {
  @Code(stationCode, {
    example: 'YFXJ',
    form: codeForm,
    optional: true,
    description: 'The volunteer’s own station when absent.',
  })
  readonly station?: string;

  @Text({ max: 200, example: '5号楼前路面结冰，老人出行易摔' })
  readonly summary!: string;

  @Text({ max: 4_000, example: '昨夜下雪后未清，门口台阶也滑。', optional: true })
  readonly details?: string;

  @Text({ max: 64, example: '扫雪除冰', optional: true })
  readonly category?: string;

  @Part(() => PlaceDto, { optional: true })
  readonly place?: PlaceDto;

  @Part(() => ResidentDto, { optional: true, description: 'Absent where the resident stays anonymous.' })
  readonly resident?: ResidentDto;

  @Choice(channels, { example: 'walk-in' })
  readonly channel!: Channel;

  @Part(() => PaperDto, { optional: true, description: 'Page and line of the paper register.' })
  readonly paper?: PaperDto;
}

export class AssignmentDto extends Entry {
  @Part(() => HandlerDto)
  readonly to!: HandlerDto;

  @Parts(() => HandlerDto, { max: 10, optional: true })
  readonly helpers?: HandlerDto[];

  @Text({ max: 500, example: '请先撒融雪剂', optional: true })
  readonly note?: string;

  @Flag({
    example: false,
    optional: true,
    description: 'The lead (首接单位) changes too; otherwise only the doing moves.',
  })
  readonly makeLead?: boolean;

  @Text({
    max: 64,
    example: 'yangguang-wuye',
    optional: true,
    description:
      'With `makeLead`: the lead it passes from; the present one when absent. Refused once it is another.',
  })
  readonly leadFrom?: string;
}

export class AcceptanceDto extends Entry {}

export class ReturnDto extends Entry {
  @Text(reason)
  readonly reason!: string;
}

export class ClaimDto extends Entry {
  @Part(() => HandlerDto, { optional: true, description: 'The caller when absent.' })
  readonly by?: HandlerDto;
}

export class ProgressDto extends Entry {
  @Text({ max: 2_000, example: '物业已到现场' })
  readonly note!: string;
}

export class ContactDto extends Entry {
  @Flag({ example: true })
  readonly reached!: boolean;

  @Choice(channels, { example: 'phone' })
  readonly channel!: Channel;

  @Text({ max: 2_000, example: '已告知十分钟内处理', optional: true })
  readonly note?: string;
}

export class ResolutionDto extends Entry {
  @Text({ max: 2_000, example: '物业已清理' })
  readonly outcome!: string;

  @Text(evenThough)
  readonly evenThough?: string;
}

export class CallbackDto extends Entry {
  @Flag({ example: true, description: 'Whether our call reached her.' })
  readonly contacted!: boolean;

  @Flag({
    example: true,
    optional: true,
    description: 'Her answer whether the unit had been in touch with her; absent where she was not asked.',
  })
  readonly contactedByUnit?: boolean;

  @Choice(resolvedAnswers, { example: 'yes', optional: true, description: 'The resident’s own words.' })
  readonly resolved?: ResolvedAnswer;

  @Choice(satisfiedAnswers, { example: 'yes', optional: true })
  readonly satisfied?: SatisfiedAnswer;

  @Text({ max: 2_000, example: '居民表示满意', optional: true })
  readonly note?: string;

  @Code(requestNumber, {
    example: 'YFXJ-261122-M4YBZ',
    form: numberForm,
    optional: true,
    description: 'The request merged into this one whose resident was asked; its own when absent.',
  })
  readonly caller?: string;
}

export class ClosingDto extends Entry {
  @Text({ max: 500, example: '回访满意，归档', optional: true })
  readonly note?: string;

  @Text(evenThough)
  readonly evenThough?: string;
}

export class ReopeningDto extends Entry {
  @Text({ max: 500, example: '夜里又结冰了' })
  readonly reason!: string;
}

export class EscalationDto extends Entry {
  @Choice(levels.slice(1), { example: 'community', description: 'One level above where the request is.' })
  readonly to!: Exclude<Level, 'station'>;

  @Text({ max: 500, example: '三方推诿，请社区协调' })
  readonly reason!: string;
}

export class PauseDto extends Entry {
  @Text({ max: 500, example: '等待配件到货' })
  readonly reason!: string;
}

export class ResumptionDto extends Entry {
  @Text({ max: 500, example: '配件已到', optional: true })
  readonly note?: string;
}

export class CategoryDto extends Entry {
  @Text({ max: 64, example: '供水排水' })
  readonly category!: string;

  @Text({ ...reason, optional: true })
  readonly reason?: string;
}

export class CorrectionDto extends Entry {
  @Text({ max: 200, example: '5号楼西侧路面结冰', optional: true })
  readonly summary?: string;

  @Text({ max: 4_000, example: '昨夜下雪后未清。', optional: true })
  readonly details?: string;

  @Part(() => PlaceDto, { optional: true })
  readonly place?: PlaceDto;

  @Part(() => ResidentDto, { optional: true })
  readonly resident?: ResidentDto;

  @Text({ max: 500, example: '登记时楼号写错' })
  readonly reason!: string;
}

export class WithdrawalDto extends Entry {
  @Text({ max: 500, example: '居民自行解决' })
  readonly reason!: string;
}

export class ExclusionDto extends Entry {
  @Text({ max: 500, example: '重复诉求，非本辖区' })
  readonly reason!: string;
}
