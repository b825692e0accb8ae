/** The environment that a resource's tags name, and the colour that stands for it wherever the resource is used. */

export type Environment = {
  readonly name: string;
  readonly colour: 'production' | 'staging' | 'development' | 'other';
};

const TAGS = ['environment', 'env', 'stage'];
const COLOURS: readonly (readonly [RegExp, Environment['colour']])[] = [
  [/^(prod|production|prd|live)$/i, 'production'],
  [/^(stag|staging|stage|stg|uat|preprod|pre-production|qa)$/i, 'staging'],
  [/^(dev|development|test|testing|sandbox|local|demo)$/i, 'development'],
];

/** Undefined where no tag names one. Tag names are compared without case: teams write them in every way. */
export function environmentOf(tags: Readonly<Record<string, string>> = {}): Environment | undefined {
  for (const wanted of TAGS) {
    const name = Object.entries(tags)
      .find(([tag]) => tag.toLowerCase() === wanted)?.[1]
      ?.trim();
    if (name) return { name, colour: COLOURS.find(([pattern]) => pattern.test(name))?.[1] ?? 'other' };
  }
  return undefined;
}
