import type { AutomationDraft, CheckStep, RunPlan, Schedule } from '#contract/automations.ts';
import type { By } from './scripts.ts';

/** An automation as it is kept. */
export interface StoredAutomation extends AutomationDraft {
  readonly id: string;
  readonly owner: By;
  readonly createdAt: string;
  readonly changedAt: string;
  readonly changedBy: By;
  readonly revision: number;
}

export interface Automations {
  /** By name. Errors: INPUT_INVALID (its cursor). */
  list(page: {
    limit: number;
    cursor?: string | undefined;
  }): Promise<{ automations: StoredAutomation[]; next?: string }>;
  read(id: string): Promise<StoredAutomation | undefined>;
  create(id: string, automation: AutomationDraft, by: By): Promise<StoredAutomation>;
  /** Made on `revision`. Errors: AUTOMATION_NOT_FOUND, CHANGED_MEANWHILE. */
  change(id: string, revision: number, automation: AutomationDraft, by: By): Promise<StoredAutomation>;
  remove(id: string): Promise<boolean>;
}

/** What is handed to the machine with each run: the names are for people, who are told of it as `notify` says. */
export interface Started extends Pick<StoredAutomation, 'id' | 'name' | 'notify'> {
  /** The script's name and version, such as `Late orders, version 3`. */
  readonly script: string;
}

/** EventBridge Scheduler: one schedule an automation, in the group of the instance. */
export interface Schedules {
  /** Makes it, or changes it. Errors: INPUT_INVALID (the expression or the zone), and those of AWS. */
  put(automation: Started, schedule: Schedule, state: { paused: boolean }): Promise<void>;
  /** What was gone already is no error. */
  remove(automationId: string): Promise<void>;
}

/** The state machine of the instance. */
export interface Machine {
  /** Gives the execution's ARN. A second start by the same name is the first. */
  start(automation: Started, startedBy: By, name: string): Promise<string>;
  /** What has ended already is no error; executions of other machines are left alone. */
  stop(executionArn: string): Promise<void>;
}

/** The function `run-script`, asked how far a plan would come. */
export interface Runner {
  check(
    plan: Pick<RunPlan, 'resourceId' | 'roleArn' | 'login' | 'database' | 'endpoint' | 'readOnly'>,
  ): Promise<CheckStep[]>;
}
