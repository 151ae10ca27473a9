import { WscError } from "@wsc-dashboard/wsc-core";
import type { Identity } from "../identity/identity.ts";
import type { Provider } from "../identity/provider.ts";
import type { ProviderOperation } from "../status/metrics.ts";

type OnError = (operation: ProviderOperation) => void;

/** Errors caused by a person; the provider itself works. */
const personal: ReadonlySet<string> = new Set(["SIGN_IN_DENIED", "SIGN_IN_REFUSED", "SIGN_IN_INTERRUPTED"]);

function observed<Args extends unknown[], Answer>(
  operation: ProviderOperation,
  onError: OnError,
  call: (...args: Args) => Promise<Answer>,
): (...args: Args) => Promise<Answer> {
  return async (...args) => {
    try {
      return await call(...args);
    } catch (error) {
      if (!(error instanceof WscError) || !personal.has(error.code)) onError(operation);
      throw error;
    }
  };
}

/** Wraps a provider to report failed calls. An invalid logout token is not counted: anybody can send one. */
export function observeProvider(provider: Provider, onError: OnError): Provider {
  return {
    ...provider,
    startUrl: observed("start", onError, (flow) => provider.startUrl(flow)),
    finish: observed("callback", onError, (query, flow) => provider.finish(query, flow)),
    ask: observed("refresh", onError, (tokens, subject) => provider.ask(tokens, subject)),
    endUrl: observed("end", onError, (idToken) => provider.endUrl(idToken)),
    check: observed("discovery", onError, () => provider.check()),
  };
}

/** Wraps an assertion identity to report signing keys that could not be fetched. */
export function observeKeys(identity: Identity, onError: OnError): Identity {
  return {
    ...identity,
    async identify(request, response) {
      try {
        return await identity.identify(request, response);
      } catch (error) {
        if (error instanceof WscError && error.code === "IDENTITY_UNAVAILABLE") onError("keys");
        throw error;
      }
    },
  };
}
