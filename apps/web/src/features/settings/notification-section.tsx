import { Link } from "@tanstack/react-router";
import { useChannelWords } from "../../messages/use-channel-words.ts";

/** Link to the notification channels, for administrators. */
export function NotificationSection() {
  const words = useChannelWords();
  return (
    <section aria-labelledby="notifications-title">
      <h2 id="notifications-title" className="text-h2 mt-9 mb-2">
        {words.sectionTitle}
      </h2>
      <p className="max-w-168 text-text-2">{words.linkNote}</p>
      <p>
        <Link to="/settings/notifications">{words.link}</Link>
      </p>
    </section>
  );
}
