import { freePort } from "../scripts/free-port.ts";
import { type LocalSignIn, localSignIns } from "../scripts/local-sign-in.ts";
import { type Stack, startStack } from "./stack.ts";

export interface SignInStack extends Stack {
  /** Where people are; behind it the dashboard, or a proxy and then the dashboard. */
  readonly origin: string;
  readonly idp: LocalSignIn["idp"];
}

/** The product with one of its authentication modes, and a local identity provider. */
export async function startSignInStack(
  mode: keyof typeof localSignIns,
  settings: Readonly<Record<string, string>> = {},
): Promise<SignInStack> {
  const place = { host: "127.0.0.1", port: await freePort() };
  const origin = `http://${place.host}:${place.port}`;
  const signIn = await localSignIns[mode]({ origin, ...place });
  const stack = await startStack({ ...signIn.settings, ...settings }, signIn.dashboard.port);
  return {
    ...stack,
    origin,
    idp: signIn.idp,
    async stop() {
      await signIn.close();
      await stack.stop();
    },
  };
}

/** Changes the groups of a person at the provider. */
export function regroup({ idp }: SignInStack, sub: string, groups: string[]): void {
  const person = idp.people.get(sub);
  if (person === undefined) throw new Error(`the provider knows no ${sub}`);
  person.groups = groups;
}
