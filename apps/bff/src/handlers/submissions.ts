import { type BffApi, type Handlers, type Submission, WscError } from "@wsc-dashboard/wsc-core";
import type { CallContext } from "../calls/call-context.ts";
import type { Dispatcher } from "../dispatch/dispatcher.ts";
import { fieldRefusal } from "../errors/field-refusal.ts";
import type { User } from "../identity/identity.ts";
import type { CredentialVault } from "../outbox/credential-vault.ts";
import type { Outbox } from "../outbox/outbox.ts";
import type { JobDirectory } from "../upstream/job-directory.ts";
import type { JobSettingsReader } from "./job-settings.ts";

export interface SubmissionHandlerParts {
  readonly outbox: Outbox;
  readonly vault: CredentialVault;
  readonly dispatcher: Dispatcher;
  readonly directory: JobDirectory;
  readonly settings: JobSettingsReader;
  readonly now: () => number;
}

export function submissionHandlers({
  outbox,
  vault,
  dispatcher,
  directory,
  settings,
  now,
}: SubmissionHandlerParts): Handlers<BffApi, CallContext>["submissions"] {
  async function existing(id: string, user: User): Promise<Submission> {
    const submission = await outbox.get(id, user);
    if (submission === null) throw new WscError("SUBMISSION_NOT_FOUND");
    return submission;
  }

  /** Operators may act on their own submissions, admins on all. Throws SUBMISSION_NOT_FOUND, ROLE_FORBIDDEN. */
  async function own(id: string, user: User): Promise<void> {
    const ownerId = await outbox.ownerOf(id);
    if (ownerId === null) throw new WscError("SUBMISSION_NOT_FOUND");
    if (!user.roles.includes("admin") && ownerId !== user.id) throw new WscError("ROLE_FORBIDDEN");
  }

  return {
    list: async ({ query }, { user }) => ({
      ...(await outbox.list(now(), query, user)),
      budget: await outbox.budgetUse(user.id, now()),
      resendBlockedBy: await outbox.resendBlockedBy(),
    }),
    get: async ({ params }, { user }) => ({ submission: await existing(params.id, user) }),
    settings: ({ params }) => settings.ofSubmission(params.id),
    cancel: async ({ params }, { user, requestId }) => {
      await own(params.id, user);
      const submission = await outbox.cancel(params.id, now(), user, requestId);
      await vault.erase(params.id);
      return { submission };
    },
    resolve: async ({ params, body }, { user, requestId }) => {
      await own(params.id, user);
      if (body.choice === "exists") {
        const found = await directory.find(body.instanceNo, { fresh: true });
        if (found === null) throw fieldRefusal("JOB_NOT_FOUND", "/instanceNo");
      }
      const choice =
        body.choice === "exists"
          ? ({ kind: "exists", instanceNo: body.instanceNo } as const)
          : ({ kind: body.choice } as const);
      const submission = await outbox.resolve(params.id, now(), user, requestId, choice);
      if (choice.kind === "resend") dispatcher.wake();
      else await vault.erase(params.id);
      return { submission };
    },
    allowResend: async (_input, { user, requestId }) => {
      await outbox.allowResend(now(), user, requestId);
      return { resendBlockedBy: await outbox.resendBlockedBy() };
    },
  };
}
