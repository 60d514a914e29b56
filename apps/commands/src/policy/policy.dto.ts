import { type Limit, limitUnits } from '#calendar';
import {
  type Approvals,
  type CallbackPolicy,
  type DeadlineKind,
  type EscalationStep,
  type Policy,
  type RatePolicy,
  approverRoles,
  deadlineKinds,
  escalationLevels,
  shippedPolicy,
} from '#policies';
import { Choice, Choices, Code, Flag, OnDay, Part, Parts, Text, Texts, Whole } from '../fields.js';

// Shapes only: whether a policy makes sense is the domain's to say, of all its fields at once.

const whole = { min: -1_000_000, max: 1_000_000 };

export class LimitDto implements Limit {
  @Whole({ ...whole, example: 7 })
  readonly amount!: number;

  @Choice(limitUnits, { example: 'working-days' })
  readonly unit!: Limit['unit'];
}

export class LimitsDto {
  @Part(() => LimitDto, { optional: true, description: 'Until somebody has taken it; nothing when absent.' })
  readonly acceptance?: LimitDto;

  @Part(() => LimitDto, { optional: true, description: 'Until the resident was spoken to.' })
  readonly firstContact?: LimitDto;

  @Part(() => LimitDto, { optional: true, description: 'Until it is mended.' })
  readonly resolution?: LimitDto;
}

export class WarningDto implements Limit {
  @Whole({ ...whole, example: 2 })
  readonly amount!: number;

  @Choice(limitUnits, { example: 'hours' })
  readonly unit!: Limit['unit'];
}

export class WarningsDto {
  @Part(() => WarningDto, { optional: true, description: 'Before it has to be taken.' })
  readonly acceptance?: WarningDto;

  @Part(() => WarningDto, { optional: true, description: 'Before the resident has to be spoken to.' })
  readonly firstContact?: WarningDto;

  @Part(() => WarningDto, { optional: true, description: 'Before it has to be mended.' })
  readonly resolution?: WarningDto;
}

export class UrgencyClassDto {
  @Code(/^[a-z][a-z0-9-]{0,31}$/, {
    example: 'general',
    form: { zh: '须为小写字母、数字或连字符', en: 'must be small letters, digits or hyphens' },
  })
  readonly code!: string;

  @Text({ max: 64, example: '一般' })
  readonly name!: string;

  @Texts({ max: 64, most: 500, example: ['道路', '绿化'] })
  readonly categories!: string[];

  @Part(() => LimitsDto)
  readonly limits!: LimitsDto;

  @Part(() => WarningDto, { optional: true, description: 'How long before the end it is warned of.' })
  readonly warnBefore?: WarningDto;

  @Part(() => WarningsDto, { optional: true, description: 'The same for one kind, instead of `warnBefore`.' })
  readonly warnings?: WarningsDto;
}

export class EscalationStepDto implements EscalationStep {
  @Choice(deadlineKinds, { example: 'resolution' })
  readonly kind!: DeadlineKind;

  @Part(() => LimitDto, { description: 'After the deadline has passed.' })
  readonly after!: LimitDto;

  @Choice(escalationLevels, { example: 'community' })
  readonly to!: EscalationStep['to'];

  @Flag({ example: false, description: '督办: the level watches it from then on.' })
  readonly supervise!: boolean;
}

export class WeightsDto {
  @Whole({ ...whole, example: 10, description: 'Hundredths; the three sum to 100.' })
  readonly response!: number;

  @Whole({ ...whole, example: 40 })
  readonly satisfaction!: number;

  @Whole({ ...whole, example: 50 })
  readonly resolution!: number;
}

export class RatePolicyDto implements RatePolicy {
  @Part(() => WeightsDto)
  readonly weights!: WeightsDto;

  @Whole({ ...whole, example: 90, description: 'What a mostly satisfied resident counts, in hundredths.' })
  readonly mostlySatisfied!: number;

  @Whole({ ...whole, example: 30 })
  readonly windowDays!: number;

  @Whole({
    ...whole,
    example: 5,
    description:
      'Below so many valid callbacks, or so many asked about the unit’s contact, there is no rank.',
  })
  readonly minimumSample!: number;

  @Texts({
    max: 200,
    most: 500,
    example: ['wuye-yf', 'jwh-yf'],
    optional: true,
    description:
      'The ids of the units with rows of their own, all others are unlisted; every unit when absent.',
  })
  readonly units?: string[];

  @Texts({
    max: 64,
    most: 500,
    example: ['历史遗留'],
    optional: true,
    description: 'The categories whose requests are in none of the rates.',
  })
  readonly exclusions?: string[];
}

export class ApprovalsDto implements Omit<Approvals, 'return'> {
  @Choices(approverRoles, { example: ['coordinator', 'supervisor'] })
  readonly pause!: Approvals['pause'];

  @Choices(approverRoles, { example: ['supervisor'] })
  readonly exclude!: Approvals['exclude'];

  @Choices(approverRoles, {
    example: ['coordinator', 'supervisor'],
    optional: true,
    description: 'Without `handler` a unit does not give work back by itself; it may when absent.',
  })
  readonly return?: Approvals['return'];
}

export class CallbackPolicyDto implements CallbackPolicy {
  @Whole({ ...whole, example: 3, description: 'So many in vain, and the resident counts as unreachable.' })
  readonly attempts!: number;
}

export class PublishPolicyDto {
  @Whole({ min: 1, max: 1_000_000, example: 1, optional: true, description: 'The next one when absent.' })
  readonly version?: number;

  @OnDay({ example: '2099-01-01', description: 'The first day on which it holds; not one that has passed.' })
  readonly from!: string;

  @Text({ max: 500, example: '按区里新规', optional: true })
  readonly note?: string;

  @Parts(() => UrgencyClassDto, { max: 50 })
  readonly classes!: UrgencyClassDto[];

  @Text({ max: 32, example: 'general', description: 'The class of categories that none of them names.' })
  readonly otherwise!: string;

  @Parts(() => EscalationStepDto, { max: 50 })
  readonly escalation!: EscalationStepDto[];

  @Part(() => RatePolicyDto)
  readonly rates!: RatePolicyDto;

  @Part(() => ApprovalsDto)
  readonly approvals!: ApprovalsDto;

  @Part(() => CallbackPolicyDto, { optional: true, description: 'Three attempts when absent.' })
  readonly callbacks?: CallbackPolicyDto;

  @Flag({ example: false, optional: true, description: 'Only says what would come of it.' })
  readonly dryRun?: boolean;
}

/** From the body to the domain's policy: absent is null there. */
export const policyIn = ({ classes, otherwise, escalation, rates, ...body }: PublishPolicyDto): Policy => ({
  classes: classes.map(({ code, name, categories, limits, warnBefore, warnings }) => ({
    code,
    name,
    categories,
    limits: eachOf(limits),
    warnBefore: warnBefore ?? null,
    ...(warnings && { warnings: eachOf(warnings) }),
  })),
  otherwise,
  escalation,
  rates,
  approvals: { ...body.approvals, return: body.approvals.return ?? shippedPolicy.approvals.return },
  callbacks: body.callbacks ?? shippedPolicy.callbacks,
});

const eachOf = ({ acceptance, firstContact, resolution }: LimitsDto) => ({
  acceptance: acceptance ?? null,
  firstContact: firstContact ?? null,
  resolution: resolution ?? null,
});
