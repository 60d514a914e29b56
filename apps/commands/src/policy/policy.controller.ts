import { Body, Controller, Param } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiParam, ApiTags } from '@nestjs/swagger';
import { wallClock } from '#calendar';
import { copyPolicy, policySchema, policyStream } from '#policies';
import { Answer } from '../answer.js';
import { type Asked, AskedWith } from '../asked.js';
import { CommandRoute } from '../command-route.js';
import { districtNamed, onlyItsForm } from '../district.js';
import { KeyRegister } from '../key.register.js';
import { PolicyPublicationAnswer, publicationAnswer } from '../publication.answer.js';
import { PublishPolicyDto, policyIn } from './policy.dto.js';
import { ExecutePolicyCommand } from './policy.handler.js';

// Policies are Chinese districts': their days begin there.
const timeZone = 'Asia/Shanghai';

@ApiTags('policies 政策')
@Controller('v1/districts/:code/policies')
export class PolicyController {
  constructor(
    private readonly bus: CommandBus,
    private readonly keys: KeyRegister,
  ) {}

  @CommandRoute('', {
    allow: 'publish-policy',
    summary: 'Publish the next version of a district’s policy 发布政策',
    answer: PolicyPublicationAnswer,
    refuses: ['unknown-district'],
  })
  @ApiParam({
    name: 'code',
    example: '和平区',
    description: `A district, or \`default\` for all without their own. ${onlyItsForm}`,
  })
  async publish(
    @Param('code') code: string,
    @Body() body: PublishPolicyDto,
    @AskedWith() asked: Asked,
  ): Promise<Answer<PolicyPublicationAnswer>> {
    const district = districtNamed(code);
    const { version, from, note, dryRun = false } = body;
    const { day: today } = wallClock(asked.now, timeZone);
    if (!dryRun) await this.keys.take(asked, today);
    const { key, keyGiven, ifRevision } = asked;
    const metadata = { ...asked.metadata, schema: policySchema };
    const data = { version, from, today, policy: policyIn(body), note };
    const command = { type: 'PublishPolicy' as const, data };
    const execution = {
      command,
      key,
      keyGiven,
      metadata,
      ...(ifRevision === undefined ? {} : { ifRevision }),
    };
    const outcome = await this.bus.execute(new ExecutePolicyCommand(district, execution, dryRun));
    const last = outcome.state.versions.at(-1)?.version ?? 0;
    const answer = publicationAnswer(
      { code: district, stream: policyStream(district), version: last, dryRun },
      outcome,
    );
    return new Answer({ ...answer.body, policy: copyPolicy(data.policy) }, answer.at);
  }
}
