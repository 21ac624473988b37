/** Names the method with which an object that never changes gives its JSON, written once. */
export const written = Symbol('written');

export interface Written {
  [written](): string;
}
