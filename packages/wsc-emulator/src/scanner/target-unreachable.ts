/** The target cannot be scanned at all, or stopped responding. The message holds no header value. */
export class TargetUnreachable extends Error {
  override name = "TargetUnreachable";
}
