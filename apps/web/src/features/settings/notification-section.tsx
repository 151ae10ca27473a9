import { Link } from "@tanstack/react-router";
import { useChannelWords } from "../../messages/use-channel-words.ts";

/** Link to the notification channels, for administrators. */
export function NotificationSection() {
  const words = useChannelWords();
  return (
    <section aria-labelledby="notifications-title">
      <h2 id="notifications-title" className="h2 section-title">
        {words.sectionTitle}
      </h2>
      <p className="hint">{words.linkNote}</p>
      <p>
        <Link to="/settings/notifications">{words.link}</Link>
      </p>
    </section>
  );
}
