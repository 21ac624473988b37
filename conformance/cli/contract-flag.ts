import { UnreadableContract } from '../contract/files.ts';
import type { JudgedContract } from '../contract/judged-contract.ts';
import { readOlderContract } from '../contract/older-contract.ts';
import { UsageError } from '../usage-error.ts';
import type { TargetFlags } from './flags.ts';

/** The older contract that the flags name, if any. Throws a UsageError if the suite cannot judge by it. */
export function contractOf({ contract }: Pick<TargetFlags, 'contract'>): JudgedContract | undefined {
  try {
    return contract === undefined ? undefined : readOlderContract(contract);
  } catch (error) {
    if (error instanceof UnreadableContract) throw new UsageError(error.message);
    throw error;
  }
}
