import { InMemoryStreams, LostRace } from '#event-sourcing';
import { patient } from './patient.target.js';

const event = { type: 'Noted', data: {}, id: 'a', metadata: {} as never };

class Store extends InMemoryStreams {
  head = async () => undefined;
}

/** Stores the append, but the answer to the first one is lost. */
function losingItsAnswer(store: Store, error: Error): Store {
  const append = store.append.bind(store);
  let calls = 0;
  store.append = async (...call) => {
    const appended = await append(...call);
    calls += 1;
    if (calls === 1) throw error;
    return appended;
  };
  return store;
}

const late = Object.assign(new Error('too late'), { type: 'deadline-exceeded' });
const patiently = new AbortController().signal;

describe('A target that waits for its store', () => {
  it('sends an append again whose answer was lost, and stores it once', async () => {
    const store = losingItsAnswer(new Store(), late);
    await patient(store, patiently)
      .append('one', 'no_stream', [event])
      .catch((error: unknown) => expect(error).toBeInstanceOf(LostRace));
    expect(store.all).toHaveLength(1);
  });

  it('does not repeat what was refused', async () => {
    const store = losingItsAnswer(new Store(), new LostRace('one'));
    await expect(patient(store, patiently).append('one', 'no_stream', [event])).rejects.toThrow(LostRace);
  });

  it('gives up when its patience is over, and at once when it is interrupted', async () => {
    const store = new Store();
    store.read = () => Promise.reject(late);
    await expect(patient(store, patiently, 50).read('one')).rejects.toThrow('does not answer in time');
    await expect(patient(store, AbortSignal.abort()).read('one')).rejects.toThrow('does not answer in time');
  });
});
