import { serviceError, success } from "../answers.ts";
import type { JobRecord } from "../job-record.ts";
import type { JobRunner } from "../job-runner.ts";
import type { GatewayHandler } from "./gateway-call.ts";

/** A wrong id is 901 in the vendor's sample; a wrong state gets the same response (docs/upstream-api.md section 9). */
function act(attempt: (runner: JobRunner, record: JobRecord) => boolean): GatewayHandler {
  return ({ instanceId }, { jobs, runner, settings }) => {
    const record = jobs.get(instanceId);
    return record && attempt(runner, record) ? success(null) : serviceError("901", settings);
  };
}

export const cancelJob = act((runner, record) => runner.cancel(record));
export const stopJob = act((runner, record) => runner.stop(record));
