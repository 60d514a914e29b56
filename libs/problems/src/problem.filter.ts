import { type ArgumentsHost, Catch, type ExceptionFilter, Logger } from '@nestjs/common';
import { type AnswerTo, type AskedBy, answerProblem } from './problem.answer.js';
import { catalogue } from './problem.catalogue.js';
import { recognise } from './problem.recognition.js';

type Reply = AnswerTo & { raw: { headersSent: boolean; destroy(): unknown } };

/** Answers whatever was thrown as `application/problem+json`. Installed as `APP_FILTER`. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  private readonly logger = new Logger('Problem');

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const [request, reply] = [http.getRequest<AskedBy>(), http.getResponse<Reply>()];
    const finding = recognise(error);
    const { status } = catalogue[finding.slug];
    // Without the query and the client's values: they may hold personal data.
    if (status < 500) this.logger.debug(`${status} ${finding.slug}`);
    else if (status === 500) this.logger.error(message(error), stack(error));
    else this.logger.warn(`${status} ${finding.slug}: ${message(error)}`);

    // Half an answer is out: a broken connection is the only way left to say that it failed.
    if (reply.raw.headersSent) reply.raw.destroy();
    else answerProblem(finding, request, reply);
  }
}

const message = (error: unknown): string => (error instanceof Error ? error.message : String(error));

const stack = (error: unknown): string | undefined => (error instanceof Error ? error.stack : undefined);
