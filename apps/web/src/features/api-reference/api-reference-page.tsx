import { useQuery } from "@tanstack/react-query";
import { openApiQuery } from "../../api/open-api-query.ts";
import { describeError } from "../../messages/error-text.ts";
import { useMessages } from "../../messages/messages-context.tsx";
import { useApiReferenceWords } from "../../messages/use-api-reference-words.ts";
import { Button } from "../../ui/button.tsx";
import { ErrorNotice } from "../../ui/error-notice.tsx";
import { useDelayed, useDocumentTitle } from "../../ui/hooks.ts";
import { saveFile } from "../../ui/save-file.ts";
import { OperationBlock } from "./operation-block.tsx";
import { readOpenApi } from "./read-open-api.ts";

/** The OpenAPI document of this server as a page. */
export function ApiReferencePage() {
  const messages = useMessages();
  const words = useApiReferenceWords();
  const query = useQuery(openApiQuery);
  const isLate = useDelayed(query.isPending, 200);
  useDocumentTitle(words.title, messages.shell.product);
  const { data } = query;
  const save = (): void => {
    const content = new TextEncoder().encode(JSON.stringify(data, null, 2));
    saveFile({ fileName: "openapi.json", mediaType: "application/json", content });
  };
  return (
    <>
      <div className="page-head">
        <h1 className="h1">{words.title}</h1>
        <div className="actions">{data === undefined ? null : <Button onClick={save}>{words.save}</Button>}</div>
      </div>
      <hr className="thick-rule" />
      <p>{words.intro}</p>
      <p className="hint">{words.contract}</p>
      {query.isError ? (
        <ErrorNotice
          heading={words.failedTitle}
          description={describeError(messages, query.error)}
          onRetry={() => void query.refetch()}
          isAlert
        />
      ) : null}
      {isLate ? <p className="muted">{messages.shell.loading}</p> : null}
      {data === undefined
        ? null
        : readOpenApi(data).map(({ name, description, operations }) => (
            <section key={name} aria-labelledby={`api-${name}`}>
              <h2 id={`api-${name}`} className="h2 section-title" translate="no">
                {name}
              </h2>
              <p className="hint" lang="en">
                {description}
              </p>
              {operations.map((operation) => (
                <OperationBlock key={operation.id} operation={operation} />
              ))}
            </section>
          ))}
    </>
  );
}
