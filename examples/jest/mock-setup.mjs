import { startMock } from 'vitable-groups-kit/mock';

/** Starts one mock for all jest workers, which find it at GROUPS_BASE_URL. Syncs complete after the first poll. */
export default async function setup() {
  const mock = await startMock({ port: 0, progress: { after: 'polls', count: 1 } });
  globalThis.groupsMock = mock;
  process.env.GROUPS_BASE_URL = mock.url;
}
