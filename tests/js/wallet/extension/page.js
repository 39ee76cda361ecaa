// Runs in the page, and offers the wallet as `window.injectedWeb3["polkadot-js"]`. The name and the
// interface are those of polkadot-js' own extension. The extension's look-up in a list of phishing
// sites is left out, because the look-up asks a server on the internet.

import { packageInfo } from "@polkadot/extension-base";
import { MESSAGE_ORIGIN_CONTENT } from "@polkadot/extension-base/defaults";
import { enable, handleResponse } from "@polkadot/extension-base/page";
import { injectExtension } from "@polkadot/extension-inject";

window.addEventListener("message", ({ data, source }) => {
	if (source === window && data?.origin === MESSAGE_ORIGIN_CONTENT && data.id) handleResponse(data);
});

injectExtension(enable, { name: "polkadot-js", version: packageInfo.version });
