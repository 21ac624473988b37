export default {
  globalSetup: './mock-setup.mjs',
  globalTeardown: './mock-teardown.mjs',
};
