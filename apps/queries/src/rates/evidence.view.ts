import { ApiProperty } from '@nestjs/swagger';
import { type Basis, bases } from '../statistics/statistics.cells.js';
import { AsOfView } from '../statistics/statistics.view.js';
import {
  type EvidenceName,
  type Kind,
  type Reason,
  evidenceNames,
  kinds,
  reasons,
} from './rates.measures.js';
import { RatesPolicyView, RatesWindow } from './rates.view.js';

const maybe = { nullable: true, type: String } as const;

export const places = ['numerator', 'denominator', 'excluded'] as const;

export class EvidenceCountsView {
  @ApiProperty({ example: 1290, description: 'Of all pages, in units of 1/`scale`: as in the table.' })
  readonly numerator!: number;
  @ApiProperty({ example: 15 }) readonly denominator!: number;
  @ApiProperty({ enum: [1, 100], example: 100 }) readonly scale!: number;
  @ApiProperty({ example: 29, description: 'Neither above nor below the line.' }) readonly excluded!: number;
}

export class WhyView {
  @ApiProperty({ enum: reasons, example: 'excluded' }) readonly reason!: Reason;
  @ApiProperty({ ...maybe, example: '王书记', description: 'Who approved the exclusion; null to analysts.' })
  readonly approver!: string | null;
  @ApiProperty({ ...maybe, example: '不在本区', description: 'The reason in words; null to analysts.' })
  readonly words!: string | null;
  @ApiProperty({ ...maybe, description: 'The request that it is counted with.' })
  readonly countedWith!: string | null;
}

export class EvidenceEvent {
  @ApiProperty({ example: 'CallbackRecorded' }) readonly type!: string;
  @ApiProperty({ format: 'uuid' }) readonly id!: string;
  @ApiProperty({ example: '9' }) readonly revision!: string;
  @ApiProperty({ example: '48213', description: 'In `$all`.' }) readonly position!: string;
}

export class EvidenceItem {
  @ApiProperty({ example: 'YFXJ-261122-7K3QX' }) readonly request!: string;
  @ApiProperty({
    ...maybe,
    example: 'wuye-yf',
    description:
      'Whose it is: the lead; of returns whom it was given to, where it is told once for each of them.',
  })
  readonly unit!: string | null;
  @ApiProperty({
    enum: places,
    description: 'What is in the numerator is in the denominator, too; `denominator`: only there.',
  })
  readonly in!: (typeof places)[number];
  @ApiProperty({ example: 90, description: 'What it adds to the numerator, in units of 1/`scale`.' })
  readonly counts!: number;
  @ApiProperty({
    enum: kinds,
    nullable: true,
    example: 'mostly',
    description:
      'Of the rate’s requests what is counted apart: `partly` of resolution is `partlyResolved`, `yes` and `mostly` of ' +
      'satisfaction are `satisfied` and `mostlySatisfied`, `late` and `overdue` of on-time `resolvedLate` and `overdue`.',
  })
  readonly as!: Kind | null;
  @ApiProperty({ nullable: true, type: WhyView, description: 'Why it is excluded.' })
  readonly why!: WhyView | null;
  @ApiProperty({ type: [EvidenceEvent], description: 'That made it so, in order.' })
  readonly events!: EvidenceEvent[];
}

export class RateEvidence {
  @ApiProperty({ example: '海淀区' }) readonly district!: string;
  @ApiProperty({ enum: evidenceNames, example: 'satisfaction' }) readonly rate!: EvidenceName;
  @ApiProperty({ ...maybe, example: 'wuye-yf' }) readonly unit!: string | null;
  @ApiProperty({
    description: 'Of what nobody leads, or a unit that is not on the policy’s list.',
    example: false,
  })
  readonly unlisted!: boolean;
  @ApiProperty({
    enum: [...bases, 'due'],
    example: 'creation',
    description: 'The day that counts for this rate: as of the window, or `due` for on-time.',
  })
  readonly basis!: Basis | 'due';
  @ApiProperty({ type: RatesWindow }) readonly window!: RatesWindow;
  @ApiProperty({ type: AsOfView }) readonly asOf!: AsOfView;
  @ApiProperty({ type: RatesPolicyView }) readonly policy!: RatesPolicyView;
  @ApiProperty({ type: EvidenceCountsView }) readonly counts!: EvidenceCountsView;
  @ApiProperty({ type: [EvidenceItem], description: 'In the order in which they were logged.' })
  readonly items!: EvidenceItem[];
  @ApiProperty({ ...maybe, description: 'Cursor of the next page, of the same as-of; null on the last one.' })
  readonly next!: string | null;
}
