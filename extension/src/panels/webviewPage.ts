import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';

/** Where the scripts of all views are; nothing else is served to them. */
export function webviewFolder(extensionUri: vscode.Uri): vscode.Uri {
  return vscode.Uri.joinPath(extensionUri, 'dist', 'webview');
}

/**
 * The page of a view: two scripts, of which the second fills it. It may load nothing but these. Lit and FAST adopt
 * constructed sheets, which the policy does not concern; the one style element, with which FAST finds out what the
 * browser can, gets the nonce of the meta element.
 */
export function webviewPage(
  webview: vscode.Webview,
  extensionUri: vscode.Uri,
  view: { script: string; title: string },
): string {
  const nonce = randomBytes(16).toString('base64');
  const scripts = ['toolkit', view.script].map((name) => {
    const uri = webview.asWebviewUri(vscode.Uri.joinPath(webviewFolder(extensionUri), `${name}.js`));
    return `<script type="module" nonce="${nonce}" src="${uri}"></script>`;
  });
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="UTF-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'nonce-${nonce}'; style-src ${webview.cspSource} 'nonce-${nonce}';">
<meta property="csp-nonce" content="${nonce}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${view.title}</title>
${scripts.join('\n')}
</head>
<body></body>
</html>`;
}
