import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { checkSafetyPolicy, type SafetyVerdict } from '../../../../src/services/actions/safetyPolicy';

type Env = Readonly<Record<string, string>>;
const rulesIn = (rules: string, enabled = 'true'): Env => ({
  ALIBABA_CLOUD_SAFETY_POLICY_ENABLED: enabled,
  ALIBABA_CLOUD_SAFETY_POLICY_RULES: rules,
});
const file = (...rules: readonly [string, string][]): string =>
  JSON.stringify({ enabled: true, rules: rules.map(([pattern, action]) => ({ pattern, action })) });

function verdict(text: string | undefined, env: Env = {}, action = 'DeleteInstances'): Promise<SafetyVerdict> {
  return checkSafetyPolicy({ read: () => Promise.resolve(text), env }, 'ecs', action);
}

describe('a rule matches an operation', () => {
  function check(pattern: string, action: string, expected: boolean): void {
    test(`${pattern} ${expected ? 'matches' : 'does not match'} ecs:${action}`, async () => {
      const { decision } = await verdict(file([pattern, 'deny']), {}, action);
      assert.equal(decision, expected ? 'deny' : 'allow');
    });
  }
  check('ecs:DeleteInstances', 'DeleteInstances', true);
  check('ecs:delete-instances', 'DeleteInstances', true);
  check('ECS:DELETEINSTANCES', 'DeleteInstances', true);
  check('*:Delete*', 'DeleteInstances', true);
  check('*:delete-*', 'DeleteInstances', true);
  check('*:*', 'DeregisterManagedInstance', true);
  check('*', 'DeregisterManagedInstance', true);
  check('ecs:*managed-instance', 'DeregisterManagedInstance', true);
  check(' ecs:Delete* ', 'DeleteActivation', true);
  check('ecs:Delete', 'DeleteInstances', false);
  check('cs:DeleteInstances', 'DeleteInstances', false);
  check('vpc:*', 'DeleteInstances', false);
  check('ecs:Delete.nstances', 'DeleteInstances', false);
  check('ecs:(Delete|Deregister)*', 'DeleteInstances', false);
  check('ecs:Delete*s', 'DeleteInstance', false);
});

describe('what it decides', () => {
  function check(name: string, text: string | undefined, expected: SafetyVerdict['decision'], env: Env = {}): void {
    test(name, async () => assert.equal((await verdict(text, env)).decision, expected));
  }
  check('without a file everything is allowed', undefined, 'allow');
  check('without a rule too', file(), 'allow');
  check('a byte order mark is no damage: off', '\ufeff{"enabled":false}', 'allow');
  check('a byte order mark is no damage: on', `\ufeff${file(['*', 'confirm'])}`, 'confirm');
  check(
    'rules of a policy that is switched off do not count',
    '{"enabled":false,"rules":[{"pattern":"*","action":"deny"}]}',
    'allow',
  );
  check('nor where it does not say that it is on', '{"rules":[{"pattern":"*","action":"deny"}]}', 'allow');
  check('null rules are none', '{"enabled":true,"rules":null}', 'allow');
  check('the first rule that matches counts: allow', file(['ecs:*', 'allow'], ['*', 'deny']), 'allow');
  check(
    'the first rule that matches counts: deny',
    file(['vpc:*', 'allow'], ['*', 'deny'], ['ecs:*', 'allow']),
    'deny',
  );
  check('confirm', file(['*', 'confirm']), 'confirm');
  check('forbid is another word for confirm', file(['*', 'forbid']), 'confirm');
  check('actions in any case', file(['*', ' DENY ']), 'deny');
  check('field names in any case', '{"Enabled":true,"RULES":[{"Pattern":"*","Action":"deny"}]}', 'deny');
  check('the variable switches the policy on', '{"rules":[{"pattern":"*","action":"deny"}]}', 'deny', {
    ALIBABA_CLOUD_SAFETY_POLICY_ENABLED: 'T',
  });
  check('the variable switches it off', file(['*', 'deny']), 'allow', { ALIBABA_CLOUD_SAFETY_POLICY_ENABLED: '0' });
  check('the variable replaces the rules', file(['*', 'deny']), 'allow', rulesIn('ecs:*=allow,*=deny'));
  check('empty rules in the variable are none', file(['*', 'deny']), 'allow', rulesIn(''));
  check('the variables are enough without a file', undefined, 'confirm', rulesIn(' *:Delete* = confirm '));
  check('rules in the variable do not switch it on', undefined, 'allow', {
    ALIBABA_CLOUD_SAFETY_POLICY_RULES: '*=deny',
  });

  test('the reason names the rule', async () => {
    assert.match((await verdict(file(['ecs:Delete*', 'deny']))).reason, /"ecs:Delete\*"/);
  });
});

describe('whatever cannot be relied on means no', () => {
  function check(name: string, text: string | undefined, env: Env = {}): void {
    test(name, async () => {
      const { decision, reason } = await verdict(text, env);
      assert.equal(decision, 'deny');
      assert.match(reason, /cannot be relied on/);
    });
  }
  check('an empty file', '');
  check('half a file', '{"enabled":true,"rules":[');
  check('two values', '{}{}');
  check('a list', '[]');
  check('nothing', 'null');
  check('"enabled" as text', '{"enabled":"true"}');
  check('a misspelt "enabled"', '{"enable":true,"rules":[{"pattern":"*","action":"deny"}]}');
  check('an unknown field of a rule', '{"enabled":true,"rules":[{"pattern":"*","action":"deny","when":"night"}]}');
  check('rules that are no list', '{"enabled":true,"rules":{}}');
  check('an unknown action', file(['*', 'block']));
  check('an empty action', file(['*', '']));
  check('an empty pattern', file([' ', 'deny']));
  check('a broken rule behind one that allows', file(['*', 'allow'], ['*', 'perhaps']));
  check('a broken policy that is switched off', '{"enabled":false,"rules":[{"pattern":"","action":"deny"}]}');
  for (const enabled of ['', 'yes', 'on', 'tRuE', '2']) {
    check(`the variable "${enabled}"`, undefined, { ALIBABA_CLOUD_SAFETY_POLICY_ENABLED: enabled });
  }
  for (const rules of ['ecs:*', '=deny', 'ecs:*=', 'ecs:*=block', '*=deny,', '*=allow,,*=deny']) {
    check(`the rules "${rules}"`, undefined, rulesIn(rules));
  }

  test('a file that cannot be read', async () => {
    const source = { read: () => Promise.reject(new Error('EACCES')), env: {} };
    assert.equal((await checkSafetyPolicy(source, 'ecs', 'DeleteInstances')).decision, 'deny');
  });
});

test('a policy full of null bytes forbids, and is told what it is', async () => {
  const { decision, reason } = await verdict(Buffer.from('{"enabled":false}', 'utf16le').toString('latin1'));
  assert.equal(decision, 'deny');
  assert.match(reason, /not text in UTF-8/);
});
