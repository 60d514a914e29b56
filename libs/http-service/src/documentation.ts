import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, SwaggerModule } from '@nestjs/swagger';

/** OpenAPI at `/openapi.json`, a page to try it at `/docs`; both are open to everybody. */
export function documentApi(app: INestApplication): void {
  const description = new DocumentBuilder()
    .setTitle('Yizhan 驿站')
    .setDescription(
      [
        '居民诉求：登记、派单、签收、办结、回访、升级。Residents’ requests: log, assign, accept, resolve, call back, escalate.',
        'Errors are `application/problem+json` (RFC 9457), in Chinese or English by `Accept-Language`.',
        'Writes answer with `ETag` and `Consistency-Token`; send the token with a read to see your own write.',
      ].join('\n\n'),
    )
    .setVersion('1')
    .addBearerAuth({ type: 'http', scheme: 'bearer', bearerFormat: 'JWT' })
    .build();
  SwaggerModule.setup('docs', app, () => SwaggerModule.createDocument(app, description), {
    jsonDocumentUrl: 'openapi.json',
    customSiteTitle: 'Yizhan 驿站 API',
    swaggerOptions: { persistAuthorization: true, tryItOutEnabled: true },
  });
}
