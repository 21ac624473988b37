import { Problem, shown } from '../domain/problems.ts';
import { type IssuedToken, isExpired } from '../domain/tokens.ts';
import type { Organization } from '../store/organizations.ts';
import type { Store } from '../store/store.ts';
import { elsewhere, type Folder, noFolder } from './folder.ts';
import { type Keys, mainWorld, type NamedByKey, openKeys } from './keys.ts';
import type { Seed } from './seed.ts';
import { openWorld, type World, type WorldSettings } from './world.ts';

/** The organization and world that a key belongs to. */
export interface Caller {
  readonly world: World;
  readonly organization: Organization;
  /** If the key is an access token, the token. */
  readonly token?: IssuedToken;
}

/** The name of a world, after that of its tenant if it has one. */
const worldPattern = /^(?:[a-z0-9-]{1,40}\/)?[A-Za-z0-9_-]{1,64}$/;
/** How many worlds are open at once unless the mock is told otherwise. Those in memory only are dropped when closed. */
export const defaultOpenWorlds = { inMemory: 1000, inFolder: 100, inDatabase: 250 } as const;

/** The worlds of a mock, each an isolated sandbox, which API keys name. `main` always exists. */
export class Worlds {
  readonly keys: Keys;
  readonly #settings: WorldSettings;
  readonly #folder: Folder;
  readonly #maxOpen: number;
  /** The open worlds. `lastUse` is a counter, because reordering a Map on every request would be expensive. */
  readonly #worlds = new Map<string, { readonly world: World; lastUse: number }>();
  /** The names of all worlds, open or in the folder. */
  readonly #names: Set<string>;
  #uses = 0;
  #isClosed = false;

  /**
   * Opens the worlds that the folder has due. Others are opened when they are used.
   * If more than `maxOpen` worlds are open, the least recently used one that is idle is closed.
   */
  constructor(settings: WorldSettings, folder: Folder = noFolder, maxOpen?: number) {
    this.keys = settings.keys ?? openKeys;
    this.#settings = settings;
    this.#folder = folder;
    this.#maxOpen = maxOpen ?? defaultOpenWorlds[folder === noFolder ? 'inMemory' : 'inFolder'];
    this.#names = new Set(folder.names());
    try {
      for (const name of folder.due()) this.open(name);
    } catch (error) {
      this.close();
      throw error;
    }
  }

  /** The world with that name, created from the seed on first use. Throws if the name is not valid. */
  open(name: string): World {
    const known = this.#worlds.get(name) ?? this.#create(name);
    known.lastUse = ++this.#uses;
    return known.world;
  }

  /** Opens a world with a content that it had before, which `fill` puts into its empty store. */
  restore(name: string, fill: (store: Store) => void): World {
    return this.#create(name, fill).world;
  }

  #create(name: string, fill?: (store: Store) => void) {
    if (!worldPattern.test(name)) throw new Error(`a world name must match ${worldPattern.source}, not ${shown(name)}`);
    if (this.#isClosed) throw new Error('the mock is closed');
    this.#makeRoom();
    const created = { world: openWorld(name, this.#settings, this.#folder.location(name), fill), lastUse: 0 };
    this.#worlds.set(name, created);
    this.#names.add(name);
    return created;
  }

  /** Closes the least recently used worlds, so that another one may be opened. Worlds in memory only are then lost. */
  #makeRoom(): void {
    if (this.#worlds.size < this.#maxOpen) return;
    const isInMemory = this.#folder === noFolder;
    // The file of main stays locked, so that no second mock uses the folder.
    const closable = this.all().filter((world) => world.name !== mainWorld && (isInMemory || world.isIdle));
    for (const { name } of closable.slice(0, this.#worlds.size - this.#maxOpen + 1))
      if (isInMemory) this.drop(name);
      else this.#close(name);
  }

  #close(name: string): void {
    const world = this.#worlds.get(name)?.world;
    if (world === undefined) return;
    const isDue = !world.queue.isEmpty;
    // A crash between the two steps must not hide a sync in flight.
    if (isDue) this.#folder.markDue(name, true);
    world.close();
    this.#worlds.delete(name);
    if (!isDue) this.#folder.markDue(name, false);
  }

  /** The world with that name, if it exists; opens it if it is closed. Does not count as a use. */
  find(name: string): World | undefined {
    const open = this.#worlds.get(name);
    if (open !== undefined) return open.world;
    return this.#names.has(name) ? this.#create(name).world : undefined;
  }

  /** The world with that name, if it is open. */
  peek(name: string): World | undefined {
    return this.#worlds.get(name)?.world;
  }

  /** The names of all worlds: the open ones, the least recently used first, and then those that are closed. */
  names(): readonly string[] {
    return [...new Set([...this.all().map(({ name }) => name), ...this.#names])];
  }

  /** Every open world, the least recently used first. */
  all(): World[] {
    return [...this.#worlds.values()].sort((a, b) => a.lastUse - b.lastUse).map(({ world }) => world);
  }

  /** Drops a world and deletes its file. The next use of its name creates it again. */
  drop(name: string): void {
    this.#worlds.get(name)?.world.close();
    this.#worlds.delete(name);
    if (this.#names.delete(name)) this.#folder.remove(name);
  }

  /**
   * Resets a world to the given seed or to that of the mock. A seed without organizations or settings gets those of the
   * mock. The clock and other references to the world stay valid.
   */
  reset(name: string, given: Seed = this.#settings.seed): void {
    const { organizations = [], settings } = this.#settings.seed;
    const seed = { organizations, ...(settings !== undefined && { settings }), ...given };
    const world = this.open(name);
    world.refill(() => world.plant(seed));
  }

  /**
   * The world whose journal records an unauthenticated request: the one that its key names, if it exists, else `main`.
   * If worlds are kept elsewhere, undefined unless the named one is open.
   */
  nearest(named: NamedByKey | undefined): World | undefined {
    if (this.#folder === elsewhere) return named === undefined ? undefined : this.peek(named.world);
    return this.find(named?.world ?? mainWorld) ?? this.open(mainWorld);
  }

  /**
   * The caller that a key belongs to, by what it names; keys are case-sensitive (AUTH-2). The world that the key names is
   * created on first use if the seed has the organization. Throws a Problem.
   */
  caller(key: string, named: NamedByKey | undefined): Caller {
    if (named !== undefined && named.organization === undefined) return this.#callerByToken(key, named.world);
    const caller = named && this.#callerByKey(named.world, named.organization as string);
    if (caller !== undefined) return caller;
    const organizations = this.#settings.seed.organizations?.map(({ slug }) => slug) ?? [];
    throw new Problem('unauthorized', 'unauthorized', this.keys.explain(key, organizations), 'AUTH-2');
  }

  #callerByKey(name: string, slug: string): Caller | undefined {
    const isKnown = this.#names.has(name) || this.#settings.seed.organizations?.some((one) => one.slug === slug);
    const world = isKnown ? this.open(name) : undefined;
    const organization = world?.store.organizations.find(slug);
    return world && organization && { world, organization };
  }

  #callerByToken(text: string, name: string): Caller {
    const refused = (message: string, code = 'unauthorized') =>
      new Problem(
        'unauthorized',
        code,
        `${message}; issue one with POST /v1/auth/access-tokens and an API key.`,
        'AUTH-2',
      );
    const world = this.find(name);
    const token = world?.store.tokens.find(text);
    if (world === undefined || token === undefined)
      throw refused('The access token in the Authorization header is unknown');
    if (isExpired(token, world.clock.now()))
      throw refused(`The access token expired at ${new Date(token.expiresAt).toISOString()}`, 'token_expired');
    const organization = world.store.organizations.withId(token.organizationId) as Organization;
    return { world: this.open(world.name), organization, token };
  }

  /**
   * Closes every world. Worlds in a folder can be opened again later. Requests that are still running fail; they do not
   * reopen a world.
   */
  close(): void {
    this.#isClosed = true;
    for (const { name } of this.all()) this.#close(name);
  }
}
