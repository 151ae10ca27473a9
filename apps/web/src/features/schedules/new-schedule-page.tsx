import { Link, useRouterState } from "@tanstack/react-router";
import { useState } from "react";
import { draftCalls } from "../../api/draft-query.ts";
import { useMay, useSession } from "../../api/session-query.ts";
import { ForbiddenPage } from "../../domain-ui/forbidden-page.tsx";
import { carriedSignIn } from "../../job-fields/carried-sign-in.ts";
import { readJobFieldState } from "../../job-fields/job-field-state.ts";
import { signInOf } from "../../job-fields/sign-in-entry.ts";
import { useFormats, useMessages } from "../../messages/messages-context.tsx";
import { useDocumentTitle } from "../../ui/hooks.ts";
import { Kicker, PageHead } from "../../ui/page-head.tsx";
import { ScheduleForm } from "./schedule-form.tsx";
import { newScheduleValues } from "./schedule-values.ts";

export function NewSchedulePage() {
  const { schedules: words, shell } = useMessages();
  const session = useSession();
  const { zone } = useFormats();
  const mayCreate = useMay("schedules.create");
  const taken = useRouterState({ select: ({ location }) => location.state.jobFields });
  // Read once: a language change changes the default zone and must not affect what is being typed.
  const [values] = useState(() => {
    const fresh = newScheduleValues(session, readJobFieldState(taken), zone);
    const signIn = carriedSignIn();
    return signIn === null ? fresh : { ...fresh, signIn: signInOf(signIn.kind, signIn.entry) };
  });
  useDocumentTitle(words.newTitle, words.title, shell.product);
  if (!mayCreate) return <ForbiddenPage permission="schedules.create" />;
  return (
    <>
      <Kicker>
        <Link to="/schedules">{words.title}</Link>
      </Kicker>
      <PageHead>
        <h1 className="text-h1">{words.newTitle}</h1>
      </PageHead>
      <ScheduleForm
        schedule={null}
        values={values}
        onSaved={() => {
          // The values from the job form are still saved as its draft; they are a schedule now.
          if (taken !== undefined) void draftCalls.remove({ body: {} }).catch(() => undefined);
        }}
      />
    </>
  );
}
