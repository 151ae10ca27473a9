/** The target cannot be scanned at all, or stopped answering. The message holds no header value. */
export class TargetUnreachable extends Error {
  override name = "TargetUnreachable";
}
