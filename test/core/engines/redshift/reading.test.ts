import { redshift } from '#core/engines/redshift/redshift.ts';
import { readersChangeNothing } from '../pg-wire/readers-change-nothing.ts';
import { startRedshift } from './start-redshift.ts';

readersChangeNothing('Redshift', redshift, startRedshift);
