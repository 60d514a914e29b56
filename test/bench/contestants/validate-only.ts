import { Body, Controller, Module, Post } from '@nestjs/common';
import { AccessModule, Allow, localTokens, openSigningKey } from '#access';
import { LogRequestDto } from '../../../apps/commands/src/request/request.dto.js';
import { startContestant } from './contestant.js';

@Controller('v1/requests')
class ValidateOnlyController {
  @Post()
  @Allow('log-request')
  log(@Body() { station, summary }: LogRequestDto): object {
    return { station, summary };
  }
}

// With a home, the same guard and tokens as the commands app stand before the route.
const home = process.env['YIZHAN_HOME'];
const access = home ? [AccessModule.with(localTokens(await openSigningKey(home)))] : [];

@Module({ imports: access, controllers: [ValidateOnlyController] })
class ValidateOnly {}

await startContestant(ValidateOnly, 'validate-only');
