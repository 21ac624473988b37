import { Problem, shown } from '../domain/problems.ts';
import { type IssuedToken, isExpired } from '../domain/tokens.ts';
import type { Organization } from '../store/organizations.ts';
import { type Folder, noFolder } from './folder.ts';
import type { Seed } from './seed.ts';
import { openWorld, type World, type WorldSettings } from './world.ts';

/** Whom a key stands for: an organization in a world. */
export interface Caller {
  readonly world: World;
  readonly organization: Organization;
  /** If the key is an access token, the token. */
  readonly token?: IssuedToken;
}

/** An API key: the organization and, if the key names one, the world. */
const keyPattern = /^vit_apk_([a-z0-9-]{1,64})(?:\.([A-Za-z0-9_-]{1,64}))?$/;
/** An access token: its world, if it names one. */
const tokenPattern = /^vit_at_[A-Za-z0-9_-]+(?:\.([A-Za-z0-9_-]{1,64}))?$/;
const worldPattern = /^[A-Za-z0-9_-]{1,64}$/;
/** The world of a key that names none; it is always there. */
export const mainWorld = 'main';
/** More worlds than any test run needs; beyond it the one that was used longest ago is dropped. */
const maxWorlds = 1000;

/** The worlds of a mock, named by the keys: `vit_apk_acme` is `main`, `vit_apk_acme.pr-7` is `pr-7`. */
export class Worlds {
  readonly #settings: WorldSettings;
  readonly #folder: Folder;
  /** Each with its last use, counted in uses of any: to keep a Map in that order would be dear on every request. */
  readonly #worlds = new Map<string, { readonly world: World; lastUse: number }>();
  #uses = 0;

  /** Opens `main` and every world that the folder holds, so that the syncs they had accepted go on. */
  constructor(settings: WorldSettings, folder: Folder = noFolder) {
    this.#settings = settings;
    this.#folder = folder;
    try {
      for (const name of new Set([...folder.names(), mainWorld])) this.open(name);
    } catch (error) {
      this.close();
      throw error;
    }
  }

  /** The world of that name, made from the seed on first use. Throws where the name is none. */
  open(name: string): World {
    const known = this.#worlds.get(name) ?? this.#make(name);
    known.lastUse = ++this.#uses;
    return known.world;
  }

  #make(name: string) {
    if (!worldPattern.test(name)) throw new Error(`a world is named ${worldPattern.source}, not ${shown(name)}`);
    const made = { world: openWorld(name, this.#settings, this.#folder.location(name)), lastUse: 0 };
    const [oldest] = this.all();
    if (this.#folder === noFolder && this.#worlds.size >= maxWorlds && oldest) this.drop(oldest.name);
    this.#worlds.set(name, made);
    return made;
  }

  /** The world of that name if it exists, without making one or counting as a use of it. */
  find(name: string): World | undefined {
    return this.#worlds.get(name)?.world;
  }

  /** Every world, the one that was used longest ago first. */
  all(): World[] {
    return [...this.#worlds.values()].sort((a, b) => a.lastUse - b.lastUse).map(({ world }) => world);
  }

  /** Forgets a world and its file; the next use of its name begins anew. */
  drop(name: string): void {
    this.find(name)?.close();
    if (this.#worlds.delete(name)) this.#folder.remove(name);
  }

  /**
   * Begins a world anew from the seed, or from that of the mock; one that names no organizations has the mock's. Its
   * clock, and what else refers to it, stays valid.
   */
  reset(name: string, given: Seed = this.#settings.seed): void {
    const { organizations = [] } = this.#settings.seed;
    const seed = { organizations, ...given };
    const world = this.open(name);
    world.refill(() => world.plant(seed));
  }

  /** The world that a key names if it is there, else `main`: where a request of nobody is remembered. */
  nearest(key: string | undefined): World {
    const name = keyPattern.exec(key ?? '')?.[2] ?? tokenPattern.exec(key ?? '')?.[1];
    return (name !== undefined && this.find(name)) || this.open(mainWorld);
  }

  /**
   * Whom the key stands for, compared exactly (AUTH-2). A world that the key names is made on first use if the seed has
   * the organization. Throws a Problem.
   */
  caller(key: string): Caller {
    if (tokenPattern.test(key)) return this.#callerByToken(key);
    const [, slug, name = mainWorld] = keyPattern.exec(key) ?? [];
    const isKnown = this.#worlds.has(name) || this.#settings.seed.organizations?.some((one) => one.slug === slug);
    const world = slug !== undefined && isKnown ? this.open(name) : undefined;
    const organization = slug === undefined ? undefined : world?.store.organizations.find(slug);
    if (world !== undefined && organization !== undefined) return { world, organization };
    throw new Problem(
      'unauthorized',
      'unauthorized',
      'The key in the Authorization header is unknown; expected vit_apk_<organization>, or ' +
        'vit_apk_<organization>.<world>, with an organization of this mock.',
      'AUTH-2',
    );
  }

  #callerByToken(text: string): Caller {
    const refused = (message: string, code = 'unauthorized') =>
      new Problem(
        'unauthorized',
        code,
        `${message}; issue one with POST /v1/auth/access-tokens and an API key.`,
        'AUTH-2',
      );
    const world = this.find(tokenPattern.exec(text)?.[1] ?? mainWorld);
    const token = world?.store.tokens.find(text);
    if (world === undefined || token === undefined)
      throw refused('The access token in the Authorization header is unknown');
    if (isExpired(token, world.clock.now()))
      throw refused(`The access token expired at ${new Date(token.expiresAt).toISOString()}`, 'token_expired');
    const organization = world.store.organizations.withId(token.organizationId) as Organization;
    return { world: this.open(world.name), organization, token };
  }

  /**
   * Closes every world; with a folder they go on from there another time. None is opened again by who still waits: what
   * they ask of a closed one fails.
   */
  close(): void {
    for (const world of this.all()) world.close();
  }
}
