import { type Decider, Rejection } from '#event-sourcing';
import type { StationEvent, StationPlace } from './station.events.js';

export type StationCommand =
  | { type: 'OpenStation'; data: { code: string; name: string; timeZone: string } & StationPlace }
  | { type: 'RenameStation'; data: { name: string } }
  | { type: 'CloseStation'; data: { reason: string } };

export type StationState =
  | { status: 'unopened' }
  | ({ status: 'open' | 'closed'; code: string; name: string; timeZone: string } & StationPlace);

export const stationDecider: Decider<StationState, StationCommand, StationEvent> = {
  initialState: { status: 'unopened' },

  decide(command, state) {
    if (command.type === 'OpenStation') return openStation(command.data, state);
    if (state.status === 'unopened') throw new Rejection('station-unknown');
    switch (command.type) {
      case 'RenameStation':
        if (state.name === command.data.name) return [];
        if (state.status === 'closed') throw new Rejection('station-closed', { station: state.code });
        return [{ type: 'StationRenamed', data: { name: command.data.name } }];
      case 'CloseStation':
        return state.status === 'closed'
          ? []
          : [{ type: 'StationClosed', data: { reason: command.data.reason } }];
    }
  },

  evolve(state, event) {
    switch (event.type) {
      case 'StationOpened':
        return { status: 'open', ...event.data };
      case 'StationRenamed':
        return state.status === 'unopened' ? state : { ...state, name: event.data.name };
      case 'StationClosed':
        return state.status === 'unopened' ? state : { ...state, status: 'closed' };
    }
  },
};

/** Every reason `decide` may give. */
export const stationRejections = ['station-unknown', 'station-closed', 'station-code-taken'] as const;

type Opening = Extract<StationCommand, { type: 'OpenStation' }>['data'];

function openStation(opening: Opening, state: StationState): StationEvent[] {
  const { code, name, community, street, district, timeZone } = opening;
  if (state.status === 'unopened') {
    return [{ type: 'StationOpened', data: { code, name, community, street, district, timeZone } }];
  }
  const facts = ['name', 'community', 'street', 'district', 'timeZone'] as const;
  if (state.status === 'open' && facts.every((fact) => state[fact] === opening[fact])) return [];
  throw new Rejection('station-code-taken', { station: code });
}
