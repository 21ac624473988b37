import { Problem, shown } from '../domain/problems.ts';
import { check, type NamedWorld, type Schemas } from './named-world.ts';

export const faultsControl = ({ name, open, existing }: NamedWorld) => ({
  listFaults: (): Schemas['FaultList'] => ({ faults: existing().faults.list() }),

  /** Injects a fault into matching requests. */
  addFault(request: Schemas['FaultRequest']): Schemas['Fault'] {
    check('FaultRequest', request);
    return open().faults.add(request);
  },

  removeFault(id: string): Schemas['FaultList'] {
    const { faults } = existing();
    if (!faults.remove(id))
      throw new Problem('not-found', 'fault_not_found', `There is no fault ${shown(id)} in world ${name}.`);
    return { faults: faults.list() };
  },

  clearFaults(): Schemas['FaultList'] {
    open().faults.clear();
    return { faults: [] };
  },
});
