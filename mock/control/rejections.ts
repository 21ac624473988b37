import { check, type NamedWorld, type Schemas } from './named-world.ts';

export const rejectionsControl = ({ open, existing }: NamedWorld) => ({
  listRejections: (): Schemas['RejectionList'] => ({ rejections: existing().rejections.list() }),

  /** Makes the next rows with this reference_id fail. */
  addRejection(request: Schemas['RejectionRequest']): Schemas['Rejection'] {
    check('RejectionRequest', request);
    return open().rejections.add(request);
  },

  clearRejections(): Schemas['RejectionList'] {
    open().rejections.clear();
    return { rejections: [] };
  },
});
