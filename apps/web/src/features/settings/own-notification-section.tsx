import { Link } from "@tanstack/react-router";
import { useOwnChannelWords } from "../../messages/use-own-channel-words.ts";

/** Link to a person's own notifications. */
export function OwnNotificationSection() {
  const words = useOwnChannelWords();
  return (
    <section aria-labelledby="own-notifications-title">
      <h2 id="own-notifications-title" className="mt-9 mb-2 text-h2">
        {words.title}
      </h2>
      <p className="max-w-168 text-text-2">{words.linkNote}</p>
      <p>
        <Link to="/settings/own-notifications">{words.link}</Link>
      </p>
    </section>
  );
}
