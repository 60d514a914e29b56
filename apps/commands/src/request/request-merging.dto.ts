import { ArrayNotEmpty } from 'class-validator';
import { Code, Parts, Text } from '../fields.js';
import { Entry } from '../occurrence.js';

/** The form of a request's number; whether there is such a request is not looked at here. */
export const requestNumber = /^[A-Z0-9]{2,12}-\d{6}-[0-9A-HJKMNP-TV-Z]{5}$/;
export const numberForm = {
  zh: '须为诉求编号，如 YFXJ-261122-7K3QQ',
  en: 'must be the number of a request, e.g. YFXJ-261122-7K3QQ',
};

export class MergingDto extends Entry {
  @Code(requestNumber, {
    example: 'YFXJ-261122-7K3QQ',
    form: numberForm,
    description: 'The request that answers for both from now on.',
  })
  readonly into!: string;

  @Text({ max: 500, example: '与前一件是同一处结冰' })
  readonly reason!: string;
}

export class UnmergingDto extends Entry {
  @Text({ max: 500, example: '不是同一处' })
  readonly reason!: string;
}

export class PartDto {
  @Text({ max: 200, example: '5号楼西侧路面结冰' })
  readonly summary!: string;

  @Text({ max: 4_000, example: '由物业清理', optional: true })
  readonly details?: string;

  @Text({ max: 64, example: '扫雪除冰', optional: true })
  readonly category?: string;
}

export class SplittingDto extends Entry {
  @Parts(() => PartDto, { max: 10, description: 'What becomes a request of its own; the same words once.' })
  @ArrayNotEmpty()
  readonly parts!: PartDto[];

  @Text({ max: 500, example: '两家单位各管一段' })
  readonly reason!: string;
}
