import { ApiProperty } from '@nestjs/swagger';
import { type Recorded } from '#event-sourcing';
import { type Policy, type PolicyEvent, type PolicyInForce, shippedPolicy } from '#policies';

const time = { type: String, format: 'date-time', example: '2026-11-22T02:30:00.000Z' } as const;

export class PolicyInForceView {
  @ApiProperty({ example: '和平区@2', description: '`default@0` is the one that comes with the program.' })
  readonly name!: string;
  @ApiProperty({ type: Object, description: 'As it was published.', example: shippedPolicy })
  readonly policy!: Policy;
}

export class PolicyVersionView {
  @ApiProperty({ example: 2 }) readonly version!: number;
  @ApiProperty({ example: '2027-01-01', description: 'The first day on which it holds.' })
  readonly from!: string;
  @ApiProperty({ nullable: true, type: String, example: '按区里新规' }) readonly note!: string | null;
  @ApiProperty(time) readonly publishedAt!: string;
  @ApiProperty({ example: '管理员' }) readonly publishedBy!: string;
  @ApiProperty({
    type: Object,
    description: 'Classes, escalation, rates, approvals, callbacks.',
    example: shippedPolicy,
  })
  readonly policy!: Policy;
}

export class PoliciesView {
  @ApiProperty({ example: '和平区' }) readonly district!: string;
  @ApiProperty({ example: '2026-11-22', description: 'The day that was asked for.' }) readonly on!: string;
  @ApiProperty({ type: PolicyInForceView, description: 'The district’s own, or the default.' })
  readonly inForce!: PolicyInForceView;
  @ApiProperty({
    type: [PolicyVersionView],
    description: 'All the district has published, the first one first.',
  })
  readonly versions!: PolicyVersionView[];
}

export const policyVersionView = ({
  data: { version, from, note, policy },
  recordedAt,
  metadata,
}: Recorded<PolicyEvent>): PolicyVersionView => ({
  version,
  from,
  note,
  publishedAt: recordedAt,
  publishedBy: metadata.actor.name,
  policy,
});

export const policiesView = (
  district: string,
  on: string,
  inForce: PolicyInForce,
  own: Recorded<PolicyEvent>[],
): PoliciesView => ({ district, on, inForce, versions: own.map(policyVersionView) });
