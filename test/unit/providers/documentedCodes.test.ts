import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { documentedError } from '../../../src/client/errorTables';
import type { ProviderId } from '../../../src/core/account';
import type { Reason } from '../../../src/core/cloudError';
import type { Operation } from '../../../src/core/operation';
import { providers } from '../../../src/providers';

/**
 * Every code that the vendors' pages name for their common errors and for the operations around instances, managed
 * instances, activations, Cloud Assistant and tags, and the same words in the order in which other products of theirs
 * have them.
 */
const codes: Readonly<Record<ProviderId, Partial<Readonly<Record<Reason, string>>>>> = {
  alibabaCloud: {
    auth: `InvalidAccessKeyId.NotFound InvalidAccessKeyId.Inactive Forbidden.AccessKeyDisabled SignatureDoesNotMatch
      TemporaryAccessKey.Error IncompleteSignature InvalidTimeStamp.Expired InvalidTimeStamp.Format IllegalTimestamp MissingSecurityToken
      InvalidSecurityToken.Expired InvalidSecurityToken.Malformed InvalidSecurityToken.MismatchWithAccessKey`,
    permission: `Forbidden.RAM NoPermission Forbidden.Unauthorized Forbidden.SubUser Forbidden.NotSupportRAM
      Operation.Forbidden Unauthorized.EmptyRegion InvalidUser.Unauthorized ParameterStore.NoPermission NoPermission.Tag
      NoPermissionKey.Scope PermissionDenied.TagOwnerBid PermissionDenied.TagOwnerUid PermissionDenied.Scope
      CreateServiceLinkedRole.NoPermission InvalidParameter.KMSKeyId.KMSUnauthorized InvalidAction.Unauthorized
      InvalidApi.Unauthorized Action.NotAuthorized Unauthorized UnauthorizedOperation NotAuthorized Instance.NoPermission
      InvalidInstance.NoPermission InvalidVersion.AccessDenied AccessDenied Api.PermissionDenied InvalidProduct.NotAuthorized`,
    throttled: `Throttling Throttling.User Throttling.Api IdempotentProcessing LastTokenProcessing User.Throttling
      Request.FlowControl`,
    quota: `Forbidden.RiskControl RealNameAuthenticationError InsufficientBalance InstanceExpiredOrInArrears
      Account.Arrearage InvalidAccountStatus.NotEnoughBalance Arrearage.Account Forbidden.AccountOverdue AccountOverdue
      Insufficient.Balance InvalidAccount.Arrears Balance.Insufficient InvalidOperation.InsufficientBalance
      OperationDenied.AccountInArrears Forbidden.Arrearage InvalidPayment NotEnoughBalance InvalidStatus.AccountArrears
      OperationDenied.QuotaExceed QuotaExceed.Tags CmdCount.ExceedQuota Invocation.ExceedQuota InstanceIds.ExceedLimit
      ManagedInstanceCountExceedLimit InvalidTimeout.ExceedLimit CommandLimitExceeded SessionCount.ExceedLimit
      InstanceName.ExceedLimit ActivationDesc.ExceedLimit ActivationCount.ExceedLimit ActivationTTL.ExceedLimit
      CmdContent.ExceedLimit FileSize.ExceedLimit InvalidLauncher.LengthLimitExceeded CmdName.ExceedLimit
      CmdDesc.ExceedLimit CmdParamCount.ExceedLimit CmdParamName.ExceedLimit ParameterCount.ExceedLimit
      ParameterKey.ExceedLimit Username.ExceedLimit WindowsPasswordName.ExceedLimit InvalidName.LengthLimitExceeded
      InvalidDescription.LengthLimitExceeded`,
    notFound: `Forbidden.InstanceNotFound InvalidInstance.NotFound ActivationId.NotFound InvalidInstanceIds.NotFound
      InvalidInstanceId.NotFound InvalidResourceGroup.NotFound InvalidCmdId.NotFound InvalidInvokeId.NotFound
      InvalidSessionId.NotFound InvalidCommandId.NotFound InvalidResourceId.NotFound InvalidOssBucketName.NotFound
      InvalidPluginName.NotFound InvalidOperation.KMSKeyIdNotFound Forbidden.ActivationNotFound Instance.NotExist
      InstanceNotExists Instance.DoesNotExist InstanceNotFound NoSuchInstance`,
    conflict: `ActivationId.InUse IdempotentParameterMismatch InvalidIdempotenceParameter.Mismatch OperationConflict
      DependencyViolation.SLBConfiguring DependencyViolation.RouteEntry InvalidOperation.DeletionProtection
      ChargeTypeViolation IncorrectInstanceStatus IncorrectInstanceStatus.Initializing InvalidOperation.EniLinked
      InstanceLockedForSecurity OperationDenied.SystemInstanceNotSupport InvalidStatus.CmdIdInUse
      InvalidStatus.ResourceGroup OperationDenied.NoStock OperationDenied.HostRepairing InvalidHpcClusterId.Creating
      InvalidParameter.KMSKeyId.CMKNotEnabled InstanceNotReady InvalidOperation.Conflict
      InvalidInstance.NotFoundSystemDisk Invalid.PrivatePoolOptions.NoStock InstanceExpired
      OperationDenied.SpotPriceLowerThanPublicPrice InvalidParameter.Encrypted.KmsNotEnable
      InvalidInstanceId.NotSupport InvalidOperation.KMSServiceNotOpen CmdName.Readonly InvalidOperation.InvalidEcsState
      InvalidChargeType.ValueNotSupported`,
    invalid: `MissingParameter MissingParameter.TagKey MissingParam.InstanceId InvalidParameter UnsupportedParameter
      InvalidSignatureMethod UnsupportedHTTPMethod InvalidApi.NotFound InvalidAction.NotFound InvalidVersion
      InvalidProduct.NotFound InvalidProtocol.NeedSsl InvalidRegionId.NotFound RegionId.ApiNotSupported
      InvalidParam.PageNumber InvalidParam.PageSize InvalidParameter.NextToken InvalidParameter.MaxResults
      NumberExceed.Tags Duplicate.TagKey InvalidTagKey.Malformed InvalidTagValue.Malformed
      InvalidParameter.CrossRegionNotSupport InvalidParameter.TooManyInstanceIds InvalidInstanceIds.ValueNotSupported
      InvalidContainerId.Malformed InvalidClientToken.Malformed InvalidInstance.NotMatch CmdContent.DecodeError
      Abs.InvalidInstanceIds.MalFormed Invalid.InstanceChargeType
      InvalidAcceptLanguage.NotFound InvalidResourceType.NotFound InvalidInstanceChargeType.NotFound
      InvalidInternetChargeType.ValueNotSupported InvalidLockReason.NotFound InvalidFilterKey.NotFound
      InvalidNetworkType.NotFound InvalidStatus.NotFound InvalidTag.Mismatch InvalidTagCount
      InvalidHpcClusterId.NotFound InvalidVersion.NotFound Action.NotFound ApiNotSupported UnsupportedApi
      Region.NotSupported InvalidRegion.Unavailable CmdParam.EmptyKey CmdParam.InvalidParamName
      InvalidParameter.WorkingDir InvalidParameterCharacter.CommandName InvalidParameterCharacter.CommandDescription
      InvalidParameterCharacter.CommandWorkingDir MissingParam.Frequency InvalidParam.Frequency Parameter.MissingValue
      Parameter.Disabled InvalidParameter.Parameters ParameterKey.Duplicate Parameter.NotMatched
      ParameterType.NotSupported InvalidParameterCharset.Parameters WindowsPasswordName.Missed
      ParameterStore.NotSupported ParameterStore.InvalidParameters InvalidCmdType.NotFound
      InvalidRepeatMode.NotFound InvalidTerminationMode.NotFound InvalidCommandType.NotFound InvalidInstanceName.Malformed
      InstanceName.InvalidPattern`,
    server: `InternalError InternalError.Dispatch LimitedOperation.ServiceUnavailable ServiceUnavailable ServiceUnavailable.RegionMaintaining
      SignatureNonceUsed UnknownError`,
  },
  volcengine: {
    auth: `MissingAuthenticationToken MissingSignature MissingRequestInfo InvalidAuthorization InvalidCredential
      InvalidAccessKey SignatureDoesNotMatch InvalidSecretToken InvalidTimestamp`,
    permission: `LackPolicy LackProjectPolicy AccessDenied ServiceShouldCallSelfApi InvalidAction.Unauthorized
      Unauthorized UnauthorizedOperation Action.NotAuthorized InvalidOperation.Unauthorized InvalidInstance.RequestForbidden
      InvalidStatus.NoPermission`,
    throttled: 'FlowLimitExceeded IdempotentProcessing RequestLimitExceeded TooManyRequests',
    quota: `Insufficient.Balance InvalidAccountStatus.NotEnoughBalance Account.Arrearage AccountOverdue Overdue.Account
      InvalidOperation.AccountInArrears InvalidBalance QuotaExceeded.Instance InvalidAccount.Overdue LimitExceeded.MaximumInstanceIds`,
    notFound: `InvalidInstance.NotFound InvalidInvocation.NotFound InvalidZone.NotFound InvalidVolume.NotFound
      InvalidInvocationRunningInstance.NotFound Instance.NotExist InvalidCommand.NotFound`,
    conflict: `InvalidInstanceStatus InvalidChargeType InvalidDedicatedHostStatus.Unsupported InvalidOperation.Forbidden
      InvalidInstance.DeletionProtection`,
    invalid: `MissingParameter MissingParameter.InstanceId InvalidArgument InvalidClientToken.Malformed
      InvalidCount.Malformed InnerApiNeedAccountInfo ServiceNotFound InvalidActionOrVersion MethodNotAllowed
      LimitExceeded.MaximumRegionIds LimitExceeded.MaximumZoneIds InvalidStoppedMode.Malformed InvalidInstanceName.Malformed IdempotentParameterMismatch
      InvalidAction.NotFound ActionNotFound InvalidVersion.NotFound UnsupportedAction InvalidRegion.NotFound
      MissingParameter.AccountId MissingParameter.CommandId MissingParameter.InvocationId MissingParameter.InstanceIds`,
    server: 'InternalError InternalServiceError InternalServiceTimeout FailToConnect ServiceUnavailableTemporarily',
  },
};

/** Any operation of the cloud that has the code in its own table, else its first. */
function operationWith(operations: readonly Operation[], code: string): Operation {
  return operations.find(({ errors }) => Object.hasOwn(errors, code)) ?? operations[0] ?? assert.fail();
}

for (const provider of providers) {
  describe(`what the codes of ${provider.id} mean`, () => {
    for (const [reason, some] of Object.entries(codes[provider.id])) {
      it(`${reason}, with advice`, () => {
        const wrong = some.split(/\s+/).flatMap((code) => {
          const known = documentedError(provider, operationWith(provider.operations, code), code, 400);
          assert.ok(known !== undefined && known.advice().length > 20, code);
          return known.reason === reason ? [] : [`${code}: ${known.reason}`];
        });
        assert.deepEqual(wrong, []);
      });
    }

    it('are all looked at that the operations of the catalogue document', () => {
      const known = new Set(Object.values(codes[provider.id]).flatMap((some) => some.split(/\s+/)));
      const documented = [provider.errors, ...provider.operations.map(({ errors }) => errors)].flatMap(Object.keys);
      assert.deepEqual(
        [...new Set(documented)].filter((code) => !known.has(code) && !/^DryRun|^DRYRUN/.test(code)),
        [],
      );
    });

    it('of arrears and balance name the balance', () => {
      for (const code of ['Account.Arrearage', 'InvalidAccountStatus.NotEnoughBalance', 'Insufficient.Balance']) {
        const advice = documentedError(provider, operationWith(provider.operations, code), code, 400)?.advice() ?? '';
        assert.match(advice, /balance/);
      }
    });
  });
}
