import { X509Certificate } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { databaseAuthorities } from '#core/aws/authorities.ts';

describe('the authorities that sign databases’ certificates', () => {
  it('are those of the configured file and no others', () => {
    const folder = mkdtempSync(join(tmpdir(), 'lodge-ca-'));
    writeFileSync(join(folder, 'ca.pem'), 'a PEM of our own');
    expect(databaseAuthorities(join(folder, 'ca.pem'))).toBe('a PEM of our own');
    rmSync(folder, { recursive: true });
  });

  it('are RDS’s own where nothing is configured', () => {
    const certificates = databaseAuthorities(undefined).match(
      /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g,
    );
    expect(certificates?.length).toBeGreaterThan(50);
    expect(new X509Certificate(certificates?.[0] ?? '').subject).toMatch(/Amazon/);
  });

  it('are Amazon Trust Services too, who sign for Redshift and Aurora DSQL, and nobody else', () => {
    const pem = databaseAuthorities(undefined);
    const subjects = (pem.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? []).map(
      (each) => new X509Certificate(each).subject,
    );
    expect(subjects).toContainEqual(expect.stringMatching(/^CN=Amazon Root CA 1$/m));
    expect(subjects.every((subject) => /Amazon|Starfield/.test(subject))).toBe(true);
  });

  it('do not silently fall back where the configured file is missing', () => {
    expect(() => databaseAuthorities('/nowhere/ca.pem')).toThrow(/ENOENT/);
  });
});
