/** What the page of a webview is made of; all addresses are the webview's own. */
export interface WebviewPage {
  /** The id of its main part. */
  readonly main: string;
  /** The webview's `cspSource`: where its own files come from. */
  readonly source: string;
  /** Unguessable, new for every page. */
  readonly nonce: string;
  readonly script: string;
  readonly styles: readonly string[];
  /** The user's language, as VS Code names it. */
  readonly language: string;
  readonly title: string;
  /** Shown until the first message arrives. */
  readonly loading: string;
}

/**
 * The page of a webview. It can load its own script, styles and icon font and nothing else: no images, no
 * network, no frames, no inline styles, and no script but the one that has the nonce. It holds no value of a cloud.
 */
export function webviewHtml(page: WebviewPage): string {
  const styles = page.styles.map((href) => `<link rel="stylesheet" href="${attribute(href)}">`).join('\n');
  return `<!DOCTYPE html>
<html lang="${attribute(page.language)}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${attribute(policy(page))}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${attribute(page.title)}</title>
${styles}
</head>
<body>
<main id="${attribute(page.main)}" aria-busy="true"><p>${attribute(page.loading)}</p></main>
<p id="said" role="status" aria-live="polite"></p>
<script nonce="${attribute(page.nonce)}" src="${attribute(page.script)}"></script>
</body>
</html>`;
}

function policy({ source, nonce }: WebviewPage): string {
  return [
    `default-src 'none'`,
    `script-src 'nonce-${nonce}'`,
    `style-src ${source}`,
    `font-src ${source}`,
    `base-uri 'none'`,
    `form-action 'none'`,
  ].join('; ');
}

/** Text as the value of an attribute or as the text of an element. */
function attribute(text: string): string {
  return text.replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`);
}
