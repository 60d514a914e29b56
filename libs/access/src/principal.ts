export const roles = [
  'volunteer',
  'coordinator',
  'supervisor',
  'handler',
  'auditor',
  'analyst',
  'admin',
] as const;
export type Role = (typeof roles)[number];

const scopeKeys = ['station', 'community', 'street', 'district', 'unit'] as const;

/** What a principal answers for: every key present narrows it, none means everything. `unit` is the id of a handler. */
export type Scope = { readonly [Key in (typeof scopeKeys)[number]]?: string };

export type Principal = {
  readonly subject: string;
  readonly name: string;
  readonly role: Role;
  readonly scope: Scope;
};

/** The claims do not make a principal; the message says which one and why. */
export class InvalidClaims extends Error {
  override readonly name = 'InvalidClaims';
}

// One of these is needed for the role; what is not listed may not be in its scope at all.
const scopes: Readonly<Record<Role, { needed: readonly (keyof Scope)[]; also: readonly (keyof Scope)[] }>> = {
  volunteer: { needed: ['station'], also: ['community', 'street', 'district'] },
  coordinator: { needed: ['community'], also: ['street', 'district'] },
  supervisor: { needed: ['street', 'district'], also: [] },
  handler: { needed: ['unit'], also: [] },
  auditor: { needed: [], also: ['station', 'community', 'street', 'district'] },
  analyst: { needed: [], also: ['community', 'street', 'district'] },
  admin: { needed: [], also: [] },
};

/** Reads the claims of a verified token: `sub`, `name`, `role` and the scope's keys. Throws {@link InvalidClaims}. */
export function readPrincipal(claims: Readonly<Record<string, unknown>>): Principal {
  const subject = text(claims, 'sub');
  if (!subject) throw new InvalidClaims('the claim sub is missing');
  const name = text(claims, 'name') ?? text(claims, 'preferred_username') ?? subject;
  const role = roles.find((known) => known === claims['role']);
  if (!role) throw new InvalidClaims(`the claim role must be one of ${roles.join(', ')}`);
  const present = scopeKeys.flatMap((key) => {
    const value = text(claims, key);
    return value === undefined ? [] : [[key, value] as const];
  });
  return { subject, name, role, scope: checkScope(role, Object.fromEntries(present)) };
}

/** The claims {@link readPrincipal} reads back. */
export function claimsOf({ subject, name, role, scope }: Principal): Record<string, string> {
  return { sub: subject, name, role, ...scope };
}

function checkScope(role: Role, scope: Scope): Scope {
  const { needed, also } = scopes[role];
  if (needed.length > 0 && !needed.some((key) => scope[key])) {
    throw new InvalidClaims(`role ${role} needs the claim ${needed.join(' or ')}`);
  }
  const foreign = scopeKeys.find((key) => scope[key] && !needed.includes(key) && !also.includes(key));
  if (foreign) throw new InvalidClaims(`role ${role} may not have the claim ${foreign}`);
  return scope;
}

function text(claims: Readonly<Record<string, unknown>>, claim: string): string | undefined {
  const value = claims[claim];
  if (value === undefined || value === null) return undefined;
  if (typeof value === 'string' && value.trim() !== '' && value.length <= 200) return value;
  throw new InvalidClaims(`the claim ${claim} must be a text of 1 to 200 characters`);
}
