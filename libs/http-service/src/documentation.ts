import { type DynamicModule, type INestApplication, Module, type Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import { httpAdapter } from '#observability';

/** OpenAPI at `/openapi.json`, a page to try it at `/docs`; both are open to everybody. */
export function documentApi(app: INestApplication): void {
  SwaggerModule.setup('docs', app, () => documentOf(app), {
    jsonDocumentUrl: 'openapi.json',
    customSiteTitle: 'Yizhan 驿站 API',
    swaggerOptions: { persistAuthorization: true, tryItOutEnabled: true },
  });
}

/** The OpenAPI document of some modules together; starts nothing of them, so it needs neither servers nor settings. */
export async function describeApi(modules: (Type | DynamicModule)[]): Promise<OpenAPIObject> {
  @Module({ imports: modules })
  class Described {}

  const app = await NestFactory.create(Described, httpAdapter(), {
    preview: true,
    logger: false,
    abortOnError: false,
  });
  try {
    return documentOf(app);
  } finally {
    await app.close();
  }
}

function documentOf(app: INestApplication): OpenAPIObject {
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
  return SwaggerModule.createDocument(app, description);
}
