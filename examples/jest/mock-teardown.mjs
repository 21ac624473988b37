export default async function teardown() {
  await globalThis.groupsMock.close();
}
