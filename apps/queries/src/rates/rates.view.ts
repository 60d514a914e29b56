import { ApiProperty } from '@nestjs/swagger';
import { AsOfView } from '../statistics/statistics.view.js';
import { bases } from '../statistics/statistics.cells.js';

const maybe = { nullable: true, type: Number } as const;
const points = { ...maybe, example: 91.3 } as const;

export class RatesWindow {
  @ApiProperty({ enum: bases, example: 'creation' }) readonly by!: string;
  @ApiProperty({ format: 'date', example: '2026-10-24', description: 'First day.' }) readonly from!: string;
  @ApiProperty({ format: 'date', example: '2026-11-22', description: 'Last day, included.' })
  readonly to!: string;
}

export class WeightsView {
  @ApiProperty({ example: 10 }) readonly response!: number;
  @ApiProperty({ example: 40 }) readonly satisfaction!: number;
  @ApiProperty({ example: 50 }) readonly resolution!: number;
}

/** By which rules the counts became rates. */
export class RatesPolicyView {
  @ApiProperty({ example: '海淀区@2' }) readonly version!: string;
  @ApiProperty({ type: WeightsView, description: 'Hundredths.' }) readonly weights!: WeightsView;
  @ApiProperty({ example: 90, description: 'w: what a mostly satisfied resident counts, in hundredths.' })
  readonly mostlySatisfied!: number;
  @ApiProperty({
    example: 5,
    description:
      'Below so many valid callbacks, or so many asked about the unit’s contact, there is no rank.',
  })
  readonly minimumSample!: number;
  @ApiProperty({
    nullable: true,
    type: [String],
    example: ['wuye-yf', 'jwh-yf'],
    description: 'The units with rows of their own; null: all of them.',
  })
  readonly units!: string[] | null;
  @ApiProperty({
    nullable: true,
    type: [String],
    example: ['历史遗留'],
    description: 'The categories that are in none of the rates.',
  })
  readonly exclusions!: string[] | null;
}

export class IntervalView {
  @ApiProperty({ example: 74.1 }) readonly low!: number;
  @ApiProperty({ example: 98.2 }) readonly high!: number;
}

export class RateView {
  @ApiProperty({ example: 15, description: 'How many requests it is said of.' }) readonly n!: number;
  @ApiProperty({ example: 1290, description: 'In units of 1/`scale`.' }) readonly numerator!: number;
  @ApiProperty({ example: 15 }) readonly denominator!: number;
  @ApiProperty({ enum: [1, 100], example: 100, description: '100 for satisfaction, 1 for all others.' })
  readonly scale!: number;
  @ApiProperty({
    ...maybe,
    example: 86,
    description: '100 × `numerator` / `scale` / `denominator`, one decimal, half up; null of none.',
  })
  readonly percent!: number | null;
  @ApiProperty({
    nullable: true,
    type: IntervalView,
    description: 'Wilson, 95 %, percent, rounded outwards.',
  })
  readonly interval!: IntervalView | null;
}

/** Of what was due in the window, whatever day the rest of the row goes by: there may be more of it than was received. */
export class OnTimeView extends RateView {
  @ApiProperty({ enum: ['due'], example: 'due', description: 'The day that counts.' })
  readonly basis!: 'due';
}

/** What was counted, and the rates that are made of it. */
export class RatesFigures {
  @ApiProperty({ example: 44, description: '受理量: in the window, each matter once, without the excluded.' })
  readonly received!: number;
  @ApiProperty({ example: 38, description: '办结量: whose resolution is in force.' })
  readonly resolved!: number;
  @ApiProperty({ example: 15, description: '有效回访: the resident was reached and has answered.' })
  readonly validCallbacks!: number;
  @ApiProperty({ example: 13, description: '联系数: who said that the unit had been in touch with her.' })
  readonly contacted!: number;
  @ApiProperty({ example: 14, description: '解决数: who said that it is resolved.' })
  readonly resolvedByCallback!: number;
  @ApiProperty({ example: 1, description: '部分解决' }) readonly partlyResolved!: number;
  @ApiProperty({ example: 12, description: '满意数' }) readonly satisfied!: number;
  @ApiProperty({ example: 1, description: '基本满意' }) readonly mostlySatisfied!: number;
  @ApiProperty({
    type: RateView,
    description: '响应率, of those who were asked whether the unit had been in touch.',
  })
  readonly response!: RateView;
  @ApiProperty({ type: RateView, description: '解决率' }) readonly resolution!: RateView;
  @ApiProperty({ type: RateView, description: '满意率' }) readonly satisfaction!: RateView;
  @ApiProperty({ ...points, description: '综合成绩; null where a rate with weight is of nobody.' })
  readonly composite!: number | null;
  @ApiProperty({ type: OnTimeView, description: '按期办结率, of those that were due in the window.' })
  readonly onTime!: OnTimeView;
  @ApiProperty({ example: 3, description: 'Of those due: resolved, but later than that.' })
  readonly resolvedLate!: number;
  @ApiProperty({
    example: 1,
    description: 'Of those due: not resolved. With the late and those in time all.',
  })
  readonly overdue!: number;
  @ApiProperty({
    type: RateView,
    description:
      '退单率: given back at least once, of what the unit was given; of the total each unit’s apart.',
  })
  readonly returns!: RateView;
  @ApiProperty({ type: RateView, description: '重办率: reopened, of those that were ever resolved.' })
  readonly reopens!: RateView;
  @ApiProperty({ type: RateView, description: '重复诉求率: of those with a place and a category.' })
  readonly repeats!: RateView;
}

export class RatesRow extends RatesFigures {
  @ApiProperty({
    nullable: true,
    type: String,
    example: 'wuye-yf',
    description: 'The unit that leads, or was given something; to analysts a person is not named.',
  })
  readonly unit!: string | null;
  @ApiProperty({ nullable: true, type: String, example: '永丰物业' }) readonly name!: string | null;
  @ApiProperty({ description: 'False for the unlisted, and for the total.' }) readonly listed!: boolean;
  @ApiProperty({ ...maybe, example: 1, description: 'Null below the minimum sample.' })
  readonly rank!: number | null;
}

export class MeanOfUnits {
  @ApiProperty(points) readonly response!: number | null;
  @ApiProperty(points) readonly resolution!: number | null;
  @ApiProperty(points) readonly satisfaction!: number | null;
  @ApiProperty(points) readonly composite!: number | null;
}

export class DistrictRates {
  @ApiProperty({ example: '海淀区' }) readonly district!: string;
  @ApiProperty({ type: RatesWindow }) readonly window!: RatesWindow;
  @ApiProperty({ type: AsOfView }) readonly asOf!: AsOfView;
  @ApiProperty({ type: RatesPolicyView }) readonly policy!: RatesPolicyView;
  @ApiProperty({ type: [RatesRow], description: 'By rank, those without one last.' })
  readonly units!: RatesRow[];
  @ApiProperty({
    type: RatesRow,
    description: 'What nobody leads, or a unit that is not on the policy’s list: with it the sum fits.',
  })
  readonly unlisted!: RatesRow;
  @ApiProperty({ type: RatesRow, description: 'Pooled: of all requests together.' })
  readonly total!: RatesRow;
  @ApiProperty({
    type: MeanOfUnits,
    description: 'The mean of the rates of the units that have one: not the rate of the district.',
  })
  readonly meanOfUnits!: MeanOfUnits;
}
