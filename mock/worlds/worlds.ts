import type { Organization } from '../store/organizations.ts';
import { openWorld, type World, type WorldSettings } from './world.ts';

/** Whom a key stands for: an organization in a world. */
export interface Caller {
  readonly world: World;
  readonly organization: Organization;
}

const keyPattern = /^vit_a(?:pk|t)_(?<slug>[a-z0-9-]{1,64})(?:\.(?<world>[A-Za-z0-9_-]{1,64}))?$/;
const mainWorld = 'main';
/** More worlds than any test run needs; beyond it the one that was used longest ago is dropped. */
const mostWorlds = 1000;

/** The worlds of a mock, named by the keys: `vit_apk_acme` is `main`, `vit_apk_acme.pr-7` is `pr-7`. */
export class Worlds {
  readonly #settings: WorldSettings;
  /** In the order of last use. */
  readonly #worlds = new Map<string, World>();

  constructor(settings: WorldSettings) {
    this.#settings = settings;
  }

  /** The world of that name, made from the seed on first use. */
  open(name: string): World {
    const world = this.#worlds.get(name) ?? openWorld(name, this.#settings);
    this.#worlds.delete(name);
    this.#worlds.set(name, world);
    const [oldest] = this.#worlds.values();
    if (this.#worlds.size > mostWorlds && oldest) this.drop(oldest.name);
    return world;
  }

  /** Forgets a world; the next use of its name begins anew. */
  drop(name: string): void {
    this.#worlds.get(name)?.close();
    this.#worlds.delete(name);
  }

  /** Whom the key stands for; undefined where the seed has no such organization, and then no world is made. */
  caller(key: string): Caller | undefined {
    const { slug, world: name = mainWorld } = keyPattern.exec(key)?.groups ?? {};
    if (slug === undefined || !this.#settings.seed.organizations.some((organization) => organization.slug === slug))
      return undefined;
    const world = this.open(name);
    const organization = world.store.organizations.find(slug);
    return organization && { world, organization };
  }

  close(): void {
    for (const name of [...this.#worlds.keys()]) this.drop(name);
  }
}
