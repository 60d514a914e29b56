/** One breach of what the node promises. */
export type Violation = {
  kind:
    | 'lost' // acknowledged, and not there
    | 'doubled' // sent twice, written twice
    | 'moved' // read before a restart, gone or elsewhere after it
    | 'disorder' // $all does not increase strictly
    | 'changed' // not what was sent, or not in that order
    | 'half-batch' // not all events of an append, or not together
    | 'contradiction' // acknowledged at another place than it is at
    | 'refused' // an append that should have been accepted
    | 'unopened'; // a store that no longer opens
  what: string;
};
