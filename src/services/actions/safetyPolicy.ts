import * as l10n from '@vscode/l10n';
import * as z from 'zod/mini';
import { isBinary, withoutMark } from '../../util/decodeText';
import { wildcardPattern } from '../../util/wildcard';

/** What the company's policy says about one operation. `confirm` asks for more than a click. */
export interface SafetyVerdict {
  readonly decision: 'allow' | 'confirm' | 'deny';
  /** For people: which rule, or what is wrong with the policy. */
  readonly reason: string;
}

/** Where the policy of the `aliyun` CLI is read from. */
export interface PolicySource {
  /** The text of `safety-policy.json`; undefined when there is no such file. Rejects when it cannot be read. */
  read(): Promise<string | undefined>;
  readonly env: Readonly<Record<string, string | undefined>>;
}

const enabledVariable = 'ALIBABA_CLOUD_SAFETY_POLICY_ENABLED';
const rulesVariable = 'ALIBABA_CLOUD_SAFETY_POLICY_RULES';

const actionSchema = z.enum(['allow', 'deny', 'confirm', 'forbid']);
const ruleSchema = z.strictObject({
  pattern: z.string().check(z.trim(), z.minLength(1)),
  action: z.pipe(z.transform(lower), actionSchema),
});
/** A misspelt `enabled` must not read as "off": nothing but the two fields may stand there. */
const policySchema = z.strictObject({
  enabled: z._default(z.boolean(), false),
  rules: z._default(z.nullable(z.array(ruleSchema)), []),
});

interface Rule {
  readonly pattern: string;
  readonly action: z.output<typeof actionSchema>;
}

/** Why a policy cannot be relied on. Then everything destructive is refused: the safe reading of "malformed" is "no". */
class PolicyProblem extends Error {}

/**
 * Applies the `aliyun` CLI's `safety-policy.json` (rules `product:Api` with `*`, first match wins, case ignored) and
 * its environment variables to an operation of any cloud. Both spellings of an operation count, `DeleteInstances` and
 * `delete-instances`. Where the CLI lets a malformed file or an unknown action pass, this fails closed.
 */
export async function checkSafetyPolicy(source: PolicySource, product: string, action: string): Promise<SafetyVerdict> {
  try {
    const rules = await effectiveRules(source);
    const rule = rules.find((r) => namesOf(product, action).some((name) => matches(r.pattern, name)));
    return verdictOf(rule);
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error);
    const reason = l10n.t(
      'The safety policy of the aliyun CLI cannot be relied on, so nothing is deleted: {0}',
      problem,
    );
    return { decision: 'deny', reason };
  }
}

function verdictOf(rule: Rule | undefined): SafetyVerdict {
  if (rule === undefined || rule.action === 'allow') return { decision: 'allow', reason: '' };
  if (rule.action === 'deny') {
    return {
      decision: 'deny',
      reason: l10n.t('The safety policy of the aliyun CLI forbids it (rule "{0}").', rule.pattern),
    };
  }
  return {
    decision: 'confirm',
    reason: l10n.t('The safety policy of the aliyun CLI asks for confirmation (rule "{0}").', rule.pattern),
  };
}

async function effectiveRules(source: PolicySource): Promise<readonly Rule[]> {
  const text = await source.read();
  const file = text === undefined ? { enabled: false, rules: [] as Rule[] } : parsePolicy(text);
  const enabled = parseEnabled(source.env[enabledVariable]) ?? file.enabled;
  const rules = parseRules(source.env[rulesVariable]) ?? file.rules;
  return enabled ? rules : [];
}

function parsePolicy(text: string): { enabled: boolean; rules: readonly Rule[] } {
  if (isBinary(text)) {
    throw new PolicyProblem(l10n.t('safety-policy.json is not text in UTF-8: it holds null bytes. Save it as UTF-8.'));
  }
  let json: unknown;
  try {
    json = JSON.parse(withoutMark(text));
  } catch {
    throw new PolicyProblem(l10n.t('safety-policy.json is not valid JSON.'));
  }
  const checked = policySchema.safeParse(withPlainNames(json));
  if (checked.success) return { enabled: checked.data.enabled, rules: checked.data.rules ?? [] };
  throw new PolicyProblem(
    l10n.t('safety-policy.json has an unknown form at "{0}".', checked.error.issues[0]?.path.join('.') ?? ''),
  );
}

/** The CLI reads field names in any case. */
function withPlainNames(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withPlainNames);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name.toLowerCase(), withPlainNames(inner)]));
}

/** The spellings Go's `strconv.ParseBool` takes, as the CLI does. */
function parseEnabled(value: string | undefined): boolean | undefined {
  if (value === undefined) return undefined;
  if (/^(1|t|T|true|TRUE|True)$/.test(value.trim())) return true;
  if (/^(0|f|F|false|FALSE|False)$/.test(value.trim())) return false;
  throw new PolicyProblem(l10n.t('The variable {0} is neither true nor false.', enabledVariable));
}

/** `pattern=action` entries, separated by commas. */
function parseRules(value: string | undefined): Rule[] | undefined {
  if (value === undefined) return undefined;
  return value.trim() === '' ? [] : value.split(',').map((entry) => parseEntry(entry.trim()));
}

function parseEntry(entry: string): Rule {
  const at = entry.indexOf('=');
  const checked = ruleSchema.safeParse({ pattern: entry.slice(0, at).trim(), action: entry.slice(at + 1).trim() });
  if (at > 0 && checked.success) return checked.data;
  throw new PolicyProblem(l10n.t('The variable {0} has an entry that is not "pattern=action".', rulesVariable));
}

function lower(value: unknown): unknown {
  return typeof value === 'string' ? value.trim().toLowerCase() : value;
}

function namesOf(product: string, action: string): string[] {
  const dashed = action.replace(/(?<=[a-z0-9])(?=[A-Z])/g, '-');
  return [`${product}:${action}`, `${product}:${dashed}`];
}

function matches(pattern: string, name: string): boolean {
  return wildcardPattern(pattern.trim(), { flags: 'is' }).test(name);
}
