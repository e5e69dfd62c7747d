import { ThemeColor, ThemeIcon } from 'vscode';
import type { State } from '../../core/state';

const toneColors: Readonly<Record<State['tone'], string | undefined>> = {
  good: 'testing.iconPassed',
  muted: undefined,
  warning: 'problemsWarningIcon.foreground',
  bad: 'problemsErrorIcon.foreground',
};

/** The icon in the colour of its tone; both stand beside words that say the same. */
export function iconOf(icon: string, tone: State['tone'] | undefined): ThemeIcon {
  const color = tone === undefined ? undefined : toneColors[tone];
  return color === undefined ? new ThemeIcon(icon) : new ThemeIcon(icon, new ThemeColor(color));
}
