import { startMock } from 'vitable-groups-kit/mock';

/** One mock for the run, beside the workers of jest, who find it at GROUPS_BASE_URL. Syncs complete at the second look. */
export default async function setup() {
  const mock = await startMock({ port: 0, progress: { after: 'polls', count: 1 } });
  globalThis.groupsMock = mock;
  process.env.GROUPS_BASE_URL = mock.url;
}
