import { specification } from './given-when-then.js';
import { type NotebookEvent, notebook, seal, writing } from './notebook.example.js';

const given = specification(notebook);
const write = (...words: string[]) => writing('', ...words).command;
const written = (word: string): NotebookEvent => ({ type: 'Written', data: { word } });
const sealed: NotebookEvent = { type: 'Sealed', data: {} };

describe('given, when, then', () => {
  it('holds for what is so', () => {
    given(written('冰')).when(write('冰', '盐')).thenEmits(written('盐'));
    given(sealed).when(seal).thenNothing();
    given(sealed).when(write('冰')).thenRejected('notebook-sealed');
  });

  it.each<[string, () => void]>([
    ['other events', () => given().when(write('冰')).thenEmits(written('盐'))],
    ['fewer events', () => given().when(write('冰', '盐')).thenEmits(written('冰'))],
    [
      'events in another order',
      () => given().when(write('冰', '盐')).thenEmits(written('盐'), written('冰')),
    ],
    ['events where something happened', () => given().when(seal).thenNothing()],
    ['a refusal that did not come', () => given().when(seal).thenRejected('notebook-sealed')],
    ['another reason', () => given(sealed).when(write('冰')).thenRejected('notebook-lost')],
    ['events where it was refused', () => given(sealed).when(write('冰')).thenEmits(written('冰'))],
    ['nothing where it was refused', () => given(sealed).when(write('冰')).thenNothing()],
  ])('fails for %s', (_, claim) => expect(claim).toThrow());

  it('takes undefined for something that is stored', () =>
    expect(() =>
      given()
        .when(seal)
        .thenEmits({ type: 'Sealed', data: { by: undefined } as unknown as Record<string, never> }),
    ).toThrow());

  it('takes an error for a bug, not for a refusal', () => {
    const broken = specification({
      ...notebook,
      decide: () => {
        throw new TypeError('cannot read');
      },
    });
    expect(() => broken().when(seal).thenRejected('cannot read')).toThrow('not a rejection');
  });
});
