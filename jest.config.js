// Two rings: `unit` runs the sources beside their specs, `whole` drives real processes built into dist/.
const typescript = {
  extensionsToTreatAsEsm: ['.ts'],
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      {
        jsc: {
          parser: { syntax: 'typescript', decorators: true },
          transform: { legacyDecorator: true, decoratorMetadata: true },
          target: 'es2023',
        },
        module: { type: 'es6' },
        sourceMaps: 'inline',
      },
    ],
  },
  testEnvironment: 'node',
};
const sources = {
  moduleNameMapper: { '^#(.*)$': '<rootDir>/libs/$1/src/index.ts', '^(\\.{1,2}/.*)\\.js$': '$1' },
};

export default {
  projects: [
    {
      ...typescript,
      ...sources,
      displayName: 'unit',
      testMatch: ['<rootDir>/{apps,libs}/**/*.spec.ts'],
    },
    {
      ...typescript,
      ...sources,
      displayName: 'whole',
      globalSetup: '<rootDir>/test/servers/run.setup.js',
      globalTeardown: '<rootDir>/test/servers/run.teardown.js',
      testEnvironment: '<rootDir>/test/processes/process-output.environment.js',
      testMatch: ['<rootDir>/test/**/*.spec.ts'],
    },
  ],
  reporters: ['default', '<rootDir>/test/closing-line.reporter.js'],
  // Processes under test wait more than they work: one fewer than there are cores would leave half of two idle.
  maxWorkers: '100%',
  testTimeout: 30_000,
};
