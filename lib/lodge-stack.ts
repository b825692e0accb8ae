import { CfnOutput, Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { alarms } from './alarms.ts';
import { restApi } from './api.ts';
import { tenantAuthorizer } from './authorizer.ts';
import { acceptKeeper } from './automation/accept-grants.ts';
import { automation as allOfAutomation } from './automation/automation.ts';
import { externalId } from './automation/external-id.ts';
import { results as resultsBucket } from './automation/results.ts';
import { connectors as networkConnectors } from './connectors.ts';
import { functions as apiFunctions } from './functions.ts';
import { sessionKey } from './session-key.ts';
import type { Settings } from './settings.ts';
import { site } from './site.ts';
import { instanceTable } from './table.ts';

interface LodgeProps {
  readonly settings: Settings;
  /** The folder of the built frontend. */
  readonly pages: string;
}

/** One instance of Lodge, whole. */
export class LodgeStack extends Stack {
  constructor(scope: Construct, { settings, pages }: LodgeProps) {
    const { account, region } = settings;
    super(scope, settings.name, {
      description: 'Lodge, a database workbench',
      env: { ...(account ? { account } : {}), ...(region ? { region } : {}) },
    });
    const table = instanceTable(this, settings);
    const key = sessionKey(this);
    const connectors = networkConnectors(this, settings);
    const results = resultsBucket(this, settings);
    const ground = { table, key, connectors, results, settings };
    const automation = allOfAutomation(this, ground);
    const grounds = { ...ground, automation };
    const functions = apiFunctions(this, grounds);
    acceptKeeper(functions.automations.node.scope ?? this, automation);
    const authorizer = settings.isolation === 'per-user' ? tenantAuthorizer(this, grounds) : undefined;
    const api = restApi(this, { functions, authorizer, settings });
    const distribution = site(this, { api, pages, settings });
    if (settings.alarmEmail) alarms(this, { api, functions, connectors, automation, email: settings.alarmEmail });

    const host = settings.domain?.name ?? distribution.distributionDomainName;
    this.#say('Url', `https://${host}/`, 'Open this, and claim the instance');
    this.#say(
      'DistributionDomain',
      distribution.distributionDomainName,
      'Where the CNAME of a domain of your own points',
    );
    this.#say('ApiUrl', api.url, 'The API without the site');
    this.#say('TableName', table.tableName, 'The instance table');
    this.#say('SessionKeyArn', key.keyArn, 'The key that wraps sessions');
    const { runner, machine, mapMachine } = automation;
    this.#say(
      'RunScriptArn',
      runner.made.functionArn,
      'The function that runs scripts, for state machines of your own',
    );
    this.#say('RunMachineArn', machine.stateMachineArn, 'Runs an automation, or a plan, an execution');
    this.#say('RunManyMachineArn', mapMachine.stateMachineArn, 'Runs a plan for each of many items');
    this.#say('RunnerRoleArn', runner.role.roleArn, 'Whom the roles of automations trust,');
    this.#say('ExternalId', externalId(), 'and what they demand of it');
    this.#say('ResultsBucket', results.bucket.bucketName, 'Where runs leave their results');
    for (const { network, securityGroupId } of connectors)
      this.#say(
        `SecurityGroup${inOneWord(network.name)}`,
        securityGroupId,
        `Let this group in to the databases of the network ${network.name}`,
      );
  }

  #say(name: string, value: string, description: string): void {
    new CfnOutput(this, name, { value, description });
  }
}

/** A name as the key of an output, which has letters and digits only: `data-eu` is `DataEu`. */
const inOneWord = (name: string): string => name.replace(/(^|-)(\w?)/g, (_, _hyphen, letter) => letter.toUpperCase());
