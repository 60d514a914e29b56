import { type DynamicModule, Module, type OnApplicationBootstrap } from '@nestjs/common';
import { APP_GUARD, DiscoveryModule, DiscoveryService, MetadataScanner } from '@nestjs/core';
import { AccessGuard } from './access.guard.js';
import { requirement } from './allow.decorator.js';
import { type CheckToken, TokenVerifier } from './token.verifier.js';

/** Puts the guard before every route and refuses to start when a route does not say who may use it. */
@Module({})
export class AccessModule implements OnApplicationBootstrap {
  /** `tokens` comes from `localTokens(key)` or `oidcTokens({ issuer, audience })`. */
  static with(tokens: CheckToken): DynamicModule {
    return {
      module: AccessModule,
      global: true,
      imports: [DiscoveryModule],
      providers: [
        { provide: TokenVerifier, useFactory: () => new TokenVerifier(tokens) },
        { provide: APP_GUARD, useClass: AccessGuard },
      ],
      exports: [TokenVerifier],
    };
  }

  constructor(
    private readonly discovery: DiscoveryService,
    private readonly scanner: MetadataScanner,
  ) {}

  onApplicationBootstrap(): void {
    const unguarded = this.discovery.getControllers().flatMap(({ name, metatype }) => {
      const prototype = (metatype as { prototype: Record<string, object> }).prototype;
      return this.scanner
        .getAllMethodNames(prototype)
        .filter((method) => isRoute(prototype[method]) && !isDeclared(prototype[method]))
        .map((method) => `${name}.${method}`);
    });
    if (unguarded.length > 0) throw new Error(`neither @Allow nor @Open: ${unguarded.join(', ')}`);
  }
}

const isRoute = (method: object | undefined): boolean =>
  method !== undefined && Reflect.hasMetadata('path', method) && Reflect.hasMetadata('method', method);

const isDeclared = (method: object | undefined): boolean =>
  method !== undefined && Reflect.hasMetadata(requirement, method);
