export const profileNames = ['casework', 'baltimore311', 'register'] as const;
export type ProfileName = (typeof profileNames)[number];
