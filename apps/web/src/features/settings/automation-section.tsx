import { Link } from "@tanstack/react-router";
import { useTokenWords } from "../../messages/use-token-words.ts";

/** Where administrators find the service tokens. */
export function AutomationSection() {
  const words = useTokenWords();
  return (
    <section aria-labelledby="tokens-title">
      <h2 id="tokens-title" className="h2 section-title">
        {words.title}
      </h2>
      <p className="hint">{words.linkNote}</p>
      <p>
        <Link to="/settings/tokens">{words.link}</Link>
      </p>
    </section>
  );
}
