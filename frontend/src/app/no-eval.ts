/**
 * The content security policy forbids eval, and zod tries it once as soon as the first schema is made: it is told not to,
 * for the browser reports every try. Imported before anything that makes a schema.
 */
import * as z from 'zod';

z.config({ jitless: true });
