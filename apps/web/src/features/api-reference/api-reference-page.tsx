import { useQuery } from "@tanstack/react-query";
import { openApiQuery } from "../../api/open-api-query.ts";
import { useMessages } from "../../messages/messages-context.tsx";
import { useApiReferenceWords } from "../../messages/use-api-reference-words.ts";
import { Actions } from "../../ui/actions.tsx";
import { Button } from "../../ui/button.tsx";
import { useDocumentTitle } from "../../ui/hooks.ts";
import { PageHead } from "../../ui/page-head.tsx";
import { QueryState } from "../../ui/query-state.tsx";
import { saveFile } from "../../ui/save-file.ts";
import { OperationBlock } from "./operation-block.tsx";
import { readOpenApi } from "./read-open-api.ts";

/** The OpenAPI document of this server as a page. */
export function ApiReferencePage() {
  const { shell } = useMessages();
  const words = useApiReferenceWords();
  const query = useQuery(openApiQuery);
  useDocumentTitle(words.title, shell.product);
  const { data } = query;
  const save = (): void => {
    const content = new TextEncoder().encode(JSON.stringify(data, null, 2));
    saveFile({ fileName: "openapi.json", mediaType: "application/json", content });
  };
  return (
    <>
      <PageHead>
        <h1 className="text-h1">{words.title}</h1>
        <Actions>{data === undefined ? null : <Button onClick={save}>{words.save}</Button>}</Actions>
      </PageHead>
      <p className="mt-3">{words.intro}</p>
      <p className="max-w-168 text-text-2">{words.contract}</p>
      <QueryState query={query} failedTitle={words.failedTitle} />
      {data === undefined
        ? null
        : readOpenApi(data).map(({ name, description, operations }) => (
            <section key={name} aria-labelledby={`api-${name}`}>
              <h2 id={`api-${name}`} className="text-h2 mt-9 mb-2" translate="no">
                {name}
              </h2>
              <p className="max-w-168 text-text-2" lang="en">
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
