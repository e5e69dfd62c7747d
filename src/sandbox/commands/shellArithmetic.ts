/** What stands in `$((…))`: whole numbers, names, the four rules, remainders, comparisons and brackets. */
export function evaluateArithmetic(text: string, valueOf: (name: string) => string): number {
  const tokens = text.match(/\d+|[A-Za-z_]\w*|[<>=!]=|&&|\|\||[-+*/%()<>!]/g) ?? [];
  let at = 0;
  const levels: readonly (readonly string[])[] = [
    ['||'],
    ['&&'],
    ['==', '!='],
    ['<', '>', '<=', '>='],
    ['+', '-'],
    ['*', '/', '%'],
  ];
  const level = (index: number): number => {
    const operators = levels[index];
    if (operators === undefined) return unary();
    let left = level(index + 1);
    for (let token = tokens[at]; token !== undefined && operators.includes(token); token = tokens[at]) {
      at++;
      left = apply(token, left, level(index + 1));
    }
    return left;
  };
  const unary = (): number => {
    const token = tokens[at++];
    if (token === '-') return -unary();
    if (token === '+') return unary();
    if (token === '!') return unary() === 0 ? 1 : 0;
    if (token === '(') {
      const value = level(0);
      at++;
      return value;
    }
    return Math.trunc(Number(token === undefined ? 0 : /^\d/.test(token) ? token : valueOf(token))) || 0;
  };
  return level(0);
}

function apply(operator: string, left: number, right: number): number {
  const truth = (value: boolean): number => (value ? 1 : 0);
  if ((operator === '/' || operator === '%') && right === 0) throw new Error('division by zero');
  switch (operator) {
    case '||':
      return truth(left !== 0 || right !== 0);
    case '&&':
      return truth(left !== 0 && right !== 0);
    case '==':
      return truth(left === right);
    case '!=':
      return truth(left !== right);
    case '<':
      return truth(left < right);
    case '>':
      return truth(left > right);
    case '<=':
      return truth(left <= right);
    case '>=':
      return truth(left >= right);
    case '+':
      return left + right;
    case '-':
      return left - right;
    case '*':
      return left * right;
    case '/':
      return Math.trunc(left / right);
    default:
      return left % right;
  }
}
