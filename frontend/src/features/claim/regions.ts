/** The regions of AWS, for people: the names are those of the AWS documentation, "AWS Regions" (read in 2026). */

export const REGION_NAMES: Readonly<Record<string, string>> = {
  'us-east-1': 'N. Virginia',
  'us-east-2': 'Ohio',
  'us-west-1': 'N. California',
  'us-west-2': 'Oregon',
  'ca-central-1': 'Canada Central',
  'ca-west-1': 'Calgary',
  'mx-central-1': 'Mexico',
  'sa-east-1': 'São Paulo',
  'eu-central-1': 'Frankfurt',
  'eu-central-2': 'Zurich',
  'eu-west-1': 'Ireland',
  'eu-west-2': 'London',
  'eu-west-3': 'Paris',
  'eu-north-1': 'Stockholm',
  'eu-south-1': 'Milan',
  'eu-south-2': 'Spain',
  'eusc-de-east-1': 'Brandenburg (European Sovereign Cloud)',
  'af-south-1': 'Cape Town',
  'il-central-1': 'Tel Aviv',
  'me-central-1': 'UAE',
  'me-south-1': 'Bahrain',
  'ap-east-1': 'Hong Kong',
  'ap-east-2': 'Taipei',
  'ap-northeast-1': 'Tokyo',
  'ap-northeast-2': 'Seoul',
  'ap-northeast-3': 'Osaka',
  'ap-south-1': 'Mumbai',
  'ap-south-2': 'Hyderabad',
  'ap-southeast-1': 'Singapore',
  'ap-southeast-2': 'Sydney',
  'ap-southeast-3': 'Jakarta',
  'ap-southeast-4': 'Melbourne',
  'ap-southeast-5': 'Malaysia',
  'ap-southeast-6': 'New Zealand',
  'ap-southeast-7': 'Thailand',
  'cn-north-1': 'Beijing',
  'cn-northwest-1': 'Ningxia',
  'us-gov-east-1': 'GovCloud US-East',
  'us-gov-west-1': 'GovCloud US-West',
};

/** Which partition a region belongs to, by how its name begins; all others are `aws`. */
const PARTITIONS: readonly (readonly [prefix: string, partition: string])[] = [
  ['cn-', 'aws-cn'],
  ['us-gov-', 'aws-us-gov'],
  ['eusc-', 'aws-eusc'],
];
const partitionOf = (region: string): string => PARTITIONS.find(([prefix]) => region.startsWith(prefix))?.[1] ?? 'aws';

/** The regions that keys of a partition can ask: `arn:aws-cn:…` sees China only. */
export const regionsOf = (partition: string): string[] =>
  Object.keys(REGION_NAMES).filter((region) => partitionOf(region) === partition);

/** Regions whose code or name holds every word of the filter. */
export function matchRegions(regions: readonly string[], filter: string): string[] {
  const words = filter.toLowerCase().split(/\s+/).filter(Boolean);
  return regions.filter((region) => {
    const text = `${region} ${REGION_NAMES[region] ?? ''}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
}

/** Where a team most likely keeps its databases, by the part of the world that the browser's clock shows. */
const NEAR: readonly (readonly [zone: string, regions: readonly string[]])[] = [
  ['Europe/', ['eu-central-1', 'eu-west-1']],
  ['Africa/', ['af-south-1', 'eu-west-1']],
  ['Australia/', ['ap-southeast-2']],
  ['Pacific/Auckland', ['ap-southeast-6', 'ap-southeast-2']],
  ['Asia/Tokyo', ['ap-northeast-1']],
  ['Asia/Seoul', ['ap-northeast-2']],
  ['Asia/Kolkata', ['ap-south-1']],
  ['Asia/', ['ap-southeast-1']],
  ['America/Sao_Paulo', ['sa-east-1']],
  ['America/', ['us-east-1', 'us-west-2']],
];

/** Where nothing is known: where most of the world's databases are. */
const COMMON = ['us-east-1', 'us-west-2', 'eu-west-1', 'eu-central-1'];

/** What the claim form has ticked at first: what is near, and the region where accounts begin. Never nothing. */
export function likelyRegions(available: readonly string[], timeZone: string): string[] {
  const near = NEAR.find(([zone]) => timeZone.startsWith(zone))?.[1];
  const likely = [...new Set(near ? [...near, 'us-east-1'] : COMMON)].filter((region) => available.includes(region));
  return likely.length > 0 ? likely : available.slice(0, 1);
}
