import { Region } from '#contract/resources.ts';
import {
  likelyRegions,
  matchRegions,
  REGION_NAMES,
  regionsOf,
} from '../../../../frontend/src/features/claim/regions.ts';

const all = regionsOf('aws');

describe('the regions', () => {
  it('have names that the API takes', () => {
    for (const region of Object.keys(REGION_NAMES)) expect(Region.safeParse(region)).toHaveProperty('success', true);
  });

  it('belong to one partition each', () => {
    expect(all).toContain('eu-central-1');
    expect(all.filter((region) => /^(cn|us-gov|eusc)-/.test(region))).toEqual([]);
    expect(regionsOf('aws-cn')).toEqual(['cn-north-1', 'cn-northwest-1']);
    expect(regionsOf('aws-us-gov')).toEqual(['us-gov-east-1', 'us-gov-west-1']);
  });
});

describe('matchRegions', () => {
  it('finds by city, by code, and by parts of both', () => {
    expect(matchRegions(all, 'frankfurt')).toEqual(['eu-central-1']);
    expect(matchRegions(all, 'eu-west')).toEqual(['eu-west-1', 'eu-west-2', 'eu-west-3']);
    expect(matchRegions(all, 'EU ire')).toEqual(['eu-west-1']);
  });

  it('shows all where nothing is typed, and none where nothing fits', () => {
    expect(matchRegions(all, '  ')).toEqual(all);
    expect(matchRegions(all, 'atlantis')).toEqual([]);
  });
});

describe('likelyRegions', () => {
  it('ticks what is near the clock, and where accounts begin', () => {
    expect(likelyRegions(all, 'Europe/Berlin')).toEqual(['eu-central-1', 'eu-west-1', 'us-east-1']);
    expect(likelyRegions(all, 'Asia/Tokyo')).toEqual(['ap-northeast-1', 'us-east-1']);
  });

  it('knows the common ones where the clock says nothing', () => {
    expect(likelyRegions(all, 'UTC')).toContain('eu-central-1');
  });

  it('never ticks nothing, nor a region of another partition', () => {
    expect(likelyRegions(regionsOf('aws-cn'), 'Europe/Berlin')).toEqual(['cn-north-1']);
  });

  it('names only regions that exist', () => {
    for (const zone of [
      'Europe/Paris',
      'Africa/Lagos',
      'Australia/Perth',
      'Pacific/Auckland',
      'Asia/Seoul',
      'Asia/Kolkata',
      'Asia/Singapore',
      'America/Sao_Paulo',
      'America/Denver',
    ])
      for (const region of likelyRegions(Object.keys(REGION_NAMES), zone))
        expect(REGION_NAMES).toHaveProperty([region]);
  });
});
