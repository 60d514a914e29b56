import { Injectable } from '@nestjs/common';
import {
  type CalendarEvent,
  type CalendarState,
  calendarDecider,
  calendarStream,
  nationalCalendar,
  wallClock,
  workCalendar,
} from '#calendar';
import { fold } from '#event-sourcing';
import { EventStore } from '#event-store';
import {
  type PolicyEvent,
  type PolicyState,
  defaultPolicy,
  policyDecider,
  policyInForce,
  policyStream,
} from '#policies';
import type { Terms } from '#requests';

const freshFor = 1_000; // milliseconds a publication may go unnoticed here

type Published = { policies: PolicyState; calendar: CalendarState };

/** What deadlines are made of in a district: read from the streams of policies and calendars, remembered for a second. */
@Injectable()
export class TermsDirectory {
  private readonly remembered = new Map<string, { until: number; published: Promise<Published> }>();

  constructor(private readonly store: EventStore) {}

  /**
   * The policy that holds there now (ISO 8601) by the clock of a zone, and the calendar, for what happens at an instant: what is
   * entered late and still open is held to the policy of today.
   */
  async of(district: string, timeZone: string, now: string, at = now): Promise<Terms> {
    const [own, standard] = await Promise.all([this.published(district), this.published(defaultPolicy)]);
    const { day } = wallClock(now, timeZone);
    return {
      at,
      policy: policyInForce({ code: district, ...own.policies }, standard.policies, day),
      calendar: workCalendar(standard.calendar, { code: district, ...own.calendar }),
    };
  }

  private published(code: string): Promise<Published> {
    const known = this.remembered.get(code);
    if (known && known.until > Date.now()) return known.published;
    const published = this.load(code);
    this.remembered.set(code, { until: Date.now() + freshFor, published });
    published.catch(() => this.remembered.delete(code));
    return published;
  }

  // The nation's calendar and the policy for all have one name.
  private async load(code: string): Promise<Published> {
    const [policies, calendar] = await Promise.all([
      this.store.read<PolicyEvent>(policyStream(code)),
      this.store.read<CalendarEvent>(calendarStream(code === defaultPolicy ? nationalCalendar : code)),
    ]);
    return { policies: fold(policyDecider, policies), calendar: fold(calendarDecider, calendar) };
  }
}
