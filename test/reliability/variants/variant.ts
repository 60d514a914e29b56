/** What may stand in the place of the product's log in a node of this test; each is a file of this folder. */
export type Variant = Fault | 'checkpoints-often';

export type Fault = 'answers-early' | 'commits-singly' | 'repairs-silently' | 'forgets-ids' | 'never-syncs';
