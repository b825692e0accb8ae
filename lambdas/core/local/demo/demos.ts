import { accounts } from './accounts.ts';
import { adhoc } from './adhoc.ts';
import { analytics } from './analytics.ts';
import { bookings } from './bookings.ts';
import { catalog } from './catalog.ts';
import type { DemoPart } from './demo.ts';
import { ledger } from './ledger.ts';
import { partner } from './partner.ts';
import { payroll } from './payroll.ts';
import { shop } from './shop.ts';
import { shopProxy } from './shop-proxy.ts';
import { tickets } from './tickets.ts';
import { warehouse } from './warehouse.ts';

/** The demo databases of the local account, in the order in which they are listed. */
export const DEMOS: readonly DemoPart[] = [
  ledger,
  payroll,
  shop,
  shopProxy,
  analytics,
  tickets,
  bookings,
  catalog,
  warehouse,
  adhoc,
  accounts,
  partner,
];
