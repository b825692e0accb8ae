import { analytics } from './analytics.ts';
import { bookings } from './bookings.ts';
import type { DemoPart } from './demo.ts';
import { ledger } from './ledger.ts';
import { shop } from './shop.ts';

/** The demo databases of the local account, in the order in which they are listed. */
export const DEMOS: readonly DemoPart[] = [ledger, shop, analytics, bookings];
