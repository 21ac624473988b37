/** What a key names; nothing says yet whether there is such an organization, or whether the access token was issued. */
export interface NamedByKey {
  readonly world: string;
  /** The slug of an organization; absent if the key is an access token. */
  readonly organization?: string;
}

/** How API keys and access tokens name an organization and a world. */
export interface Keys {
  /** What a key names; undefined if it is not a key of this mock. */
  read(key: string): NamedByKey | undefined;
  /** The API key of an organization in a world. */
  apiKey(organization: string, world: string): string;
  /** The access token with an id that a world issued. */
  accessToken(id: string, world: string): string;
  /** What is wrong with a key, and which are expected. Does not repeat it, because it may be a real one. */
  explain(key: string, organizations: readonly string[]): string;
}

/** The world of a key that names none. */
export const mainWorld = 'main';

/** An API key: the organization and, if the key names one, the world. */
const apiKeyPattern = /^vit_apk_(?<organization>[a-z0-9-]{1,64})(?:\.(?<world>[A-Za-z0-9_-]{1,64}))?$/;
/** An access token: its world, if it names one. */
const accessTokenPattern = /^vit_at_[A-Za-z0-9_-]+(?:\.(?<world>[A-Za-z0-9_-]{1,64}))?$/;

const suffix = (world: string): string => (world === mainWorld ? '' : `.${world}`);

/** Keys that anybody can make: `vit_apk_acme` is the organization acme in `main`, `vit_apk_acme.pr-7` in `pr-7`. */
export const openKeys: Keys = {
  read(key) {
    const { organization, world = mainWorld } = apiKeyPattern.exec(key)?.groups ?? {};
    if (organization !== undefined) return { world, organization };
    const token = accessTokenPattern.exec(key);
    return token === null ? undefined : { world: token.groups?.world ?? mainWorld };
  },
  apiKey: (organization, world) => `vit_apk_${organization}${suffix(world)}`,
  accessToken: (id, world) => `${id}${suffix(world)}`,
  explain(key, organizations) {
    const keys = organizations.map((slug) => `vit_apk_${slug}`).join(' or ');
    const expected = `expected ${keys}, and for a world of your own a dot and its name`;
    if (apiKeyPattern.test(key))
      return `The key in the Authorization header names no organization of this mock; ${expected}.`;
    if (/^vit_apk_[a-z0-9-]{1,64}\./.test(key))
      return 'The key in the Authorization header ends with a world that cannot exist; expected up to 64 letters, digits, _ and - after the dot.';
    return `The key in the Authorization header is not one of this mock; ${expected}.`;
  },
};
