/** Opens the form of a new automation, with this script in it. */
import { toFragment } from '../automations/view.ts';
import type { Desk } from '../workbench/desk.ts';

export const automate = (desk: Desk, scriptId: string): void =>
  desk.place.go('/automations', toFragment({ kind: 'make', scriptId }));
