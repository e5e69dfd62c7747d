import * as l10n from '@vscode/l10n';
import type { Reason } from '../../../core/cloudError';
import { documented, type ErrorTable } from '../../../core/operation';
import { reportIt, standardErrors } from '../api/sharedErrors';

/** Codes that say the same, with the status of their page. The pages leave open how most of them are worded. */
function same(status: number, reason: Reason, advice: () => string, codes: string): ErrorTable {
  return Object.fromEntries(
    codes
      .trim()
      .split(/\s+/)
      .map((code) => [code, documented(status, '%s', reason, advice)]),
  );
}

const noHosts = () => l10n.t('No instance was named. Select the instances again and retry.');
const tooManyHosts = () => l10n.t('The call names more instances than the cloud takes at once. Select fewer.');
const unfitHost = () =>
  l10n.t(
    'At least one instance cannot run this: it is not running, has no Cloud Assistant agent, or has the wrong system for the script. None of them ran it. Refresh, leave that instance out and try again.',
  );
const hostGone = () =>
  l10n.t('At least one instance no longer exists in this region, so none of them ran the script. Refresh the list.');
const wrongFolder = () =>
  l10n.t('The cloud does not accept the working directory. Enter an absolute path of at most 200 characters.');
const wrongSchedule = () =>
  l10n.t(
    'The cloud does not accept the schedule. Use rate(...) from 60 seconds to 7 days, at(...) in the future, or cron with six or seven fields.',
  );
const wrongParameters = () =>
  l10n.t('The values do not fit the parameters of the command. Check which parameters it has and enter each of them.');
const tooMuchText = () =>
  l10n.t(
    'A name, description, user, parameter or launcher is longer than the cloud allows, or there are too many parameters. Shorten it and try again.',
  );
const oddText = () =>
  l10n.t('A name, description, path or parameter holds a character that the cloud does not accept. Remove it.');
const tooLong = () =>
  l10n.t(
    'The script is larger than the cloud takes: 24 KB in Base64, about 18,000 bytes of text, and less for saved commands. Shorten it, or let it fetch what it needs.',
  );
const quotaOfRuns = () =>
  l10n.t('The daily number of runs of this account is used up. Try again tomorrow or have the quota raised.');
const quotaOfCommands = () =>
  l10n.t(
    'The account has as many saved commands in this region as it may have. Delete some or have the quota raised in the quota center.',
  );
const wrongTimeout = () => l10n.t('The timeout is longer than the cloud allows. Choose a shorter one.');
const noPassword = () =>
  l10n.t(
    'To run as another Windows user the cloud needs the name of an encrypted parameter in Parameter Store that holds the password. Enter both or neither.',
  );
const parameterStore = () =>
  l10n.t('Parameter Store did not give the parameter. Check its name, its region and the role of the instance.');
const mayNotRun = () =>
  l10n.t(
    'The account may not run commands on these instances, or not as this user: a policy can limit the users of the system by the condition ecs:CommandRunAs. Ask an administrator of the account, or run it as another user.',
  );
const commandGone = () => l10n.t('This saved command no longer exists in this region. Refresh the list.');
const runGone = () =>
  l10n.t('The cloud has no record of this run in this region: records are kept for about 30 days. Refresh the list.');
const groupGone = () => l10n.t('The resource group does not exist or cannot be used. Choose another one.');
const unavailable = () => l10n.t('The service is unavailable at the moment. Wait a moment, then try again.');

/** A text that is not what it is said to be, wherever content is sent. */
const contentErrors: ErrorTable = {
  ...same(400, 'invalid', reportIt, 'CmdContent.DecodeError'),
  ...same(403, 'quota', tooLong, 'CmdContent.ExceedLimit'),
  ...same(400, 'invalid', wrongParameters, 'CmdParam.EmptyKey CmdParam.InvalidParamName'),
  ...same(400, 'invalid', wrongFolder, 'InvalidParameter.WorkingDir'),
  ...same(
    403,
    'quota',
    tooMuchText,
    `CmdName.ExceedLimit CmdDesc.ExceedLimit CmdParamCount.ExceedLimit CmdParamName.ExceedLimit
     InvalidLauncher.LengthLimitExceeded`,
  ),
  ...same(403, 'quota', wrongTimeout, 'InvalidTimeout.ExceedLimit'),
  ...same(
    403,
    'invalid',
    oddText,
    `InvalidParameterCharacter.CommandName InvalidParameterCharacter.CommandDescription
     InvalidParameterCharacter.CommandWorkingDir`,
  ),
};

const groupErrors: ErrorTable = {
  ...same(403, 'conflict', groupGone, 'InvalidStatus.ResourceGroup'),
  ...same(404, 'notFound', groupGone, 'InvalidResourceGroup.NotFound'),
};

/** Failures of running a command, whether it was saved before or not: the union of the pages of both operations. */
export const runErrors: ErrorTable = {
  ...standardErrors,
  ...contentErrors,
  ...groupErrors,
  ...same(403, 'permission', mayNotRun, 'Forbidden.RAM NoPermission'),
  ...same(400, 'invalid', noHosts, 'MissingParam.InstanceId'),
  ...same(400, 'invalid', unfitHost, 'InvalidInstance.NotMatch'),
  ...same(400, 'invalid', wrongSchedule, 'MissingParam.Frequency InvalidParam.Frequency'),
  ...same(400, 'invalid', wrongParameters, 'Parameter.MissingValue Parameter.Disabled InvalidParameter.Parameters'),
  ...same(400, 'invalid', reportIt, 'InvalidClientToken.Malformed'),
  ...same(403, 'quota', tooManyHosts, 'InstanceIds.ExceedLimit'),
  ...same(403, 'quota', quotaOfRuns, 'Invocation.ExceedQuota'),
  ...same(403, 'quota', quotaOfCommands, 'CmdCount.ExceedQuota'),
  ...same(
    403,
    'quota',
    tooMuchText,
    'ParameterCount.ExceedLimit ParameterKey.ExceedLimit Username.ExceedLimit WindowsPasswordName.ExceedLimit',
  ),
  ...same(
    403,
    'invalid',
    wrongParameters,
    'ParameterKey.Duplicate Parameter.NotMatched ParameterType.NotSupported InvalidParameterCharset.Parameters',
  ),
  ...same(403, 'invalid', noPassword, 'WindowsPasswordName.Missed'),
  ...same(403, 'invalid', parameterStore, 'ParameterStore.NotSupported ParameterStore.InvalidParameters'),
  ...same(403, 'permission', parameterStore, 'ParameterStore.NoPermission'),
  ...same(403, 'auth', parameterStore, 'TemporaryAccessKey.Error'),
  ...same(404, 'notFound', hostGone, 'InvalidInstance.NotFound'),
  ...same(404, 'notFound', commandGone, 'InvalidCmdId.NotFound'),
  ...same(
    404,
    'invalid',
    reportIt,
    'InvalidCmdType.NotFound InvalidRepeatMode.NotFound InvalidTerminationMode.NotFound',
  ),
};

export const stopErrors: ErrorTable = {
  ...standardErrors,
  ...same(403, 'quota', tooManyHosts, 'InstanceIds.ExceedLimit'),
  ...same(404, 'notFound', runGone, 'InvalidInvokeId.NotFound'),
  ...same(404, 'notFound', hostGone, 'InvalidInstanceId.NotFound'),
};

export const createErrors: ErrorTable = {
  ...standardErrors,
  ...contentErrors,
  ...groupErrors,
  ...same(403, 'quota', quotaOfCommands, 'CmdCount.ExceedQuota'),
  ...same(404, 'invalid', reportIt, 'InvalidCmdType.NotFound'),
};

export const modifyErrors: ErrorTable = {
  ...standardErrors,
  ...contentErrors,
  ...same(403, 'conflict', () => l10n.t('The name of this command cannot be changed.'), 'CmdName.Readonly'),
  ...same(404, 'notFound', commandGone, 'InvalidCmdId.NotFound'),
};

export const deleteErrors: ErrorTable = {
  ...standardErrors,
  ...same(
    403,
    'conflict',
    () => l10n.t('A run of this command is going on. Wait until it has ended or stop it, then try again.'),
    'InvalidStatus.CmdIdInUse',
  ),
  ...same(404, 'notFound', commandGone, 'InvalidCmdId.NotFound'),
};

export const listCommandsErrors: ErrorTable = {
  ...standardErrors,
  ...same(403, 'quota', tooMuchText, 'InvalidName.LengthLimitExceeded InvalidDescription.LengthLimitExceeded'),
  ...same(404, 'invalid', reportIt, 'InvalidCommandType.NotFound'),
  ...same(500, 'server', unavailable, 'ServiceUnavailable InternalError'),
};

export const agentStatusErrors: ErrorTable = {
  ...standardErrors,
  ...same(400, 'invalid', noHosts, 'MissingParam.InstanceId'),
  ...same(403, 'quota', tooManyHosts, 'InstanceIds.ExceedLimit'),
  ...same(404, 'notFound', hostGone, 'InvalidInstance.NotFound'),
  ...same(500, 'server', unavailable, 'ServiceUnavailable'),
};
