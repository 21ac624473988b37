import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { Sliced } from '../domain/slices.ts';
import { type Database, rollBack } from './database.ts';

/** Gives a turn to everything else that the process has to do, then calls back: `soon` of a host. */
export type Soon = (turn: () => void) => void;

/** Who is told how the work ended: all of it is stored, or, with the error, nothing. */
export type Ended<T> = (outcome: { readonly value: T } | { readonly error: unknown }) => void;

/** Does one slice; after the last, or where it failed, returns what tells how it ended. */
type Proceed = () => (() => void) | undefined;

/**
 * How many rows of a series share a commit at most. A commit looks at every page in memory, so few are better; until it
 * comes, each page that a row touched is there twice.
 */
export const longestSeries = 1000;

/** Whether a statement neither writes nor reads what a completion changes before its last slice. */
const isIndifferent = (sql: string): boolean =>
  /^\s*SELECT\b/.test(sql) && !/\b(?:people|members|subscriptions)\b/.test(sql);

/**
 * One transaction that stays open while its work is done in slices, with other work of the process in between. There is
 * only one connection: a statement of others would be a part of it and see it half done. So any but an indifferent one
 * finishes it first, whoever runs it. Likewise the one that the rows of a series share (`prepareSeries`).
 */
export class SlicedTransaction {
  readonly #database: DatabaseSync;
  #open: Proceed | undefined;
  #isWorking = false;
  #waiting = Promise.withResolvers<void>();
  readonly #isDurable: boolean;
  /** How many rows of a series came one after another, and whether they share a transaction, which is open then. */
  #series = 0;
  #isShared = false;

  /** With `isDurable`, each statement of a series is stored before it returns. */
  constructor(database: DatabaseSync, isDurable: boolean) {
    this.#database = database;
    this.#isDurable = isDurable;
  }

  /** The database as everyone is to use it, the work itself included. */
  guarded(): Database {
    const guard = (sql: string, before: () => void): StatementSync => {
      const statement = this.#database.prepare(sql);
      if (isIndifferent(sql)) return statement;
      for (const name of ['get', 'all', 'run'] as const) {
        const run = statement[name].bind(statement) as (...values: unknown[]) => never;
        statement[name] = (...values: unknown[]) => {
          before();
          return run(...values);
        };
      }
      return statement;
    };
    return {
      prepare: (sql) => guard(sql, () => this.settle()),
      prepareSeries: (sql) => guard(sql, () => (this.#isDurable ? this.settle() : this.#goOnWithSeries())),
      exec: (sql) => {
        this.settle();
        this.#database.exec(sql);
      },
    };
  }

  /** Does the first slice of the work now and every other in a turn of its own. */
  begin<T>(work: Sliced<T>, soon: Soon, ended: Ended<T>): void {
    this.settle();
    const whole = inTransaction(this.#database, work);
    const proceed: Proceed = () => {
      try {
        const { done, value } = whole.next();
        return done ? () => ended({ value }) : undefined;
      } catch (error) {
        rollBack(this.#database);
        return () => ended({ error });
      }
    };
    const turn = () => {
      // It may have been finished or abandoned since.
      if (this.#open === proceed && !this.#slice(proceed)) soon(turn);
    };
    this.#open = proceed;
    turn();
  }

  /** Finishes at once what was begun. Never throws: of an error, those are told who began it. */
  settle(): void {
    this.#finish();
    this.#endSeries();
  }

  #finish(): void {
    if (this.#isWorking) return;
    const proceed = this.#open;
    while (proceed !== undefined && !this.#slice(proceed));
  }

  /**
   * In memory nothing is safer for being committed, and a commit costs as much as a row. So from the second row on those
   * of a series share one, until a statement comes that is not of it and may be a part of something that is taken back.
   */
  #goOnWithSeries(): void {
    this.#finish();
    if (this.#series === longestSeries) this.#endSeries();
    this.#series += 1;
    if (this.#series !== 2 || this.#database.isTransaction) return;
    this.#database.exec('BEGIN');
    this.#isShared = true;
  }

  #endSeries(): void {
    this.#series = 0;
    if (!this.#isShared) return;
    this.#isShared = false;
    // Where memory ran out, the database has taken it back by itself.
    if (this.#database.isTransaction) this.#database.exec('COMMIT');
  }

  /** Takes back what was begun and not finished; nobody is told. */
  abandon(): void {
    this.#endSeries();
    if (this.#open === undefined) return;
    rollBack(this.#database);
    this.#close();
  }

  /** Resolves once what was begun is over; undefined where nothing is. */
  quiet(): Promise<void> | undefined {
    return this.#open && this.#waiting.promise;
  }

  /** Whether that was the last one. */
  #slice(proceed: Proceed): boolean {
    this.#isWorking = true;
    let tell: ReturnType<Proceed>;
    try {
      tell = proceed();
    } finally {
      this.#isWorking = false;
    }
    if (tell === undefined) return false;
    this.#close();
    tell();
    return true;
  }

  #close(): void {
    this.#open = undefined;
    this.#waiting.resolve();
    this.#waiting = Promise.withResolvers();
  }
}

function* inTransaction<T>(database: DatabaseSync, work: Sliced<T>): Sliced<T> {
  database.exec('BEGIN IMMEDIATE');
  const value = yield* work;
  database.exec('COMMIT');
  return value;
}
