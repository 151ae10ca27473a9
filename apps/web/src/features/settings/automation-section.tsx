import { Link } from "@tanstack/react-router";
import { useApiReferenceWords } from "../../messages/use-api-reference-words.ts";
import { useTokenWords } from "../../messages/use-token-words.ts";

/** Link to the service tokens, for administrators. */
export function AutomationSection() {
  const words = useTokenWords();
  const reference = useApiReferenceWords();
  return (
    <section aria-labelledby="tokens-title">
      <h2 id="tokens-title" className="text-h2 mt-9 mb-2">
        {words.title}
      </h2>
      <p className="max-w-168 text-text-2">{words.linkNote}</p>
      <p>
        <Link to="/settings/tokens">{words.link}</Link> · <Link to="/help/api">{reference.link}</Link>
      </p>
    </section>
  );
}
