import * as l10n from '@vscode/l10n';
import { documented, type ErrorTable } from '../../../core/operation';

/** Advice for refusals that only a defect of ours can cause. */
export const reportIt = () =>
  l10n.t(
    'The request was not formed as the cloud expects. Open the response for the details and report it as a defect of this extension.',
  );

/** Failures that every Cloud Assistant operation documents. */
export const standardErrors: ErrorTable = {
  'RegionId.ApiNotSupported': documented(400, 'The api is not supported in this region.', 'invalid', () =>
    l10n.t('Cloud Assistant for managed instances is not offered in this region. Choose another region.'),
  ),
  'Operation.Forbidden': documented(403, 'The operation is not permitted.', 'permission', () =>
    l10n.t('The cloud does not permit this operation for this account. Ask the owner of the account to allow it.'),
  ),
  'InvalidRegionId.NotFound': documented(404, 'The RegionId provided does not exist in our records.', 'invalid', () =>
    l10n.t('The cloud does not know this region. Refresh the list of regions and choose one from it.'),
  ),
  'InternalError.Dispatch': documented(500, 'An error occurred when you dispatched the request.', 'server', () =>
    l10n.t('The cloud could not pass the request on. Refresh to see the current state, then try again.'),
  ),
};

/** Failures of `Tag.N` filters. */
export const tagErrors: ErrorTable = {
  'NumberExceed.Tags': documented(400, 'The Tags parameter number is exceed.', 'invalid', () =>
    l10n.t('At most 20 tags can be used as a filter. Use fewer.'),
  ),
  'MissingParameter.TagKey': documented(400, 'You must specify Tag.N.Key.', 'invalid', () =>
    l10n.t('A tag filter needs a key. Enter the key of the tag.'),
  ),
  'Duplicate.TagKey': documented(400, 'The Tag.N.Key contain duplicate key.', 'invalid', () =>
    l10n.t('The same tag key is used twice in the filter. Use each key once.'),
  ),
  'InvalidTagKey.Malformed': documented(400, 'The specified Tag.n.Key is not valid.', 'invalid', () =>
    l10n.t(
      'A tag key of the filter is not valid: 1 to 64 characters, not starting with "aliyun" or "acs:" and without "http://" or "https://".',
    ),
  ),
  'InvalidTagValue.Malformed': documented(400, 'The specified Tag.n.Value is not valid.', 'invalid', () =>
    l10n.t('A tag value of the filter is not valid: at most 128 characters, without "http://" or "https://".'),
  ),
};

const pageRefused = () =>
  l10n.t('The cloud refused the page that was asked for. Refresh the list to start from its first page.');

/** Failures of the two ways to page. */
export const pagingErrors: ErrorTable = {
  'InvalidParam.PageNumber': documented(400, 'The specified parameter is invalid.', 'invalid', pageRefused),
  'InvalidParam.PageSize': documented(400, 'The specified parameter is invalid.', 'invalid', pageRefused),
  'InvalidParameter.NextToken': documented(
    400,
    'The specified parameter NextToken is not valid.',
    'invalid',
    pageRefused,
  ),
  'InvalidParameter.MaxResults': documented(
    400,
    'The specified parameter MaxResults is not valid.',
    'invalid',
    pageRefused,
  ),
};

/** Failures of `DescribeRegions`. */
export const describeRegionsErrors: ErrorTable = {
  'Unauthorized.EmptyRegion': documented(
    403,
    'The specified account has no access authority to any region.',
    'permission',
    () => l10n.t('This account may not use any region. Ask the owner of the account for access.'),
  ),
  'Invalid.InstanceChargeType': documented(403, 'The specified instanceChargeType is not valid.', 'invalid', reportIt),
  'InvalidAcceptLanguage.NotFound': documented(
    404,
    'Only Chinese (zh-CN), English (en-US), and Japanese (ja) are allowed.',
    'invalid',
    reportIt,
  ),
  'InvalidResourceType.NotFound': documented(
    404,
    'The ResourceType provided does not exist in our records.',
    'invalid',
    reportIt,
  ),
};
