import type { RefusalTexts } from "../error-code.ts";

export const refusals: RefusalTexts = {
  "100": {
    title: "NAVER Cloud did not accept this request.",
    next: "This is a fault of the dashboard, or the key's policy does not permit this call. Copy the details and report them to your administrator.",
  },
  "200": {
    title: "NAVER Cloud rejected the access key.",
    next: "An administrator has to check the key pair and the server's clock. Nothing can be started until then.",
  },
  "210": {
    title: "This access key may not use Web Security Checker.",
    next: "An account administrator has to subscribe to the service or attach the Web Security Checker manager policy.",
  },
  "300": {
    title: "The NAVER Cloud gateway does not know this address.",
    next: "An administrator has to check which environment the dashboard is connected to, and whether the key's policy permits this call.",
  },
  "400": {
    title: "The request quota of this account is used up.",
    next: "Try again after the quota period has passed, or ask the account administrator for a larger quota.",
  },
  "410": {
    title: "NAVER Cloud is slowing requests down.",
    next: "The dashboard tries again automatically in a moment.",
  },
  "420": {
    title: "The rate limit of this account is reached.",
    next: "The dashboard tries again automatically in a moment.",
  },
  "430": {
    title: "The request is too large for NAVER Cloud.",
    next: "Shorten the list of excluded URLs or the headers.",
  },
  "500": {
    title: "NAVER Cloud is not answering.",
    next: "Wait a moment and try again. If it continues, contact NAVER Cloud support.",
  },
  "510": {
    title: "NAVER Cloud took too long to answer.",
    next: "Wait a moment and try again.",
  },
  "900": {
    title: "NAVER Cloud answered with an unexpected error.",
    next: "Try again. If it continues, copy the details for NAVER Cloud support.",
  },
  "901": {
    title: "Web Security Checker is temporarily unavailable.",
    next: "Try again in a moment. After three failures, contact NAVER Cloud support.",
  },
  "169201": {
    title: "This account has no right to use this function.",
    next: "An account administrator has to attach the Web Security Checker manager policy to the access key.",
  },
  "169202": {
    title: "NAVER Cloud could not verify this account.",
    next: "Only NAVER Cloud can settle this. Contact its support with the details below.",
  },
  "160331": { title: "The address has to start with http:// or https://.", next: "Add it in front of the host name." },
  "160332": {
    title: "The parameter names for sign-in contain characters that are not allowed.",
    next: "Use letters, digits and the signs _ . $ : [ ] - only.",
  },
  "160351": {
    title: "Signing in to the target did not work.",
    next: "Check the values, or use a fresh cookie. Sessions bound to an IP address and one-time codes cannot be used.",
  },
  "160353": {
    title: "This address could not be reached.",
    next: "Check that the name resolves publicly, that the firewall lets the scanner in, and that TLS works.",
  },
  "160431": { title: "A value is not allowed.", next: "Correct the marked field, or copy the details for support." },
  "160432": { title: "This is required.", next: "Fill it in to go on." },
  "160433": {
    title: "NAVER Cloud does not know this option.",
    next: "Choose another check, browser or speed. Your other choices are kept.",
  },
  "160441": {
    title: "NAVER Cloud had trouble registering the job.",
    next: "It is not known yet whether the job was created. The list is checked before anything is sent again.",
  },
  "160451": {
    title: "This address is not on a NAVER Cloud server of your account.",
    next: "The API can scan servers of your own account only. Other servers are scanned from the NAVER Cloud console.",
  },
  "160452": { title: "That time is fully booked.", next: "Choose another time." },
  "160453": {
    title: "A job of this target is already waiting or running.",
    next: "Open that job in the list, or wait until it has finished.",
  },
  "160454": {
    title: "Too many jobs are waiting.",
    next: "Wait until one has started, or cancel a waiting job, then try again.",
  },
  "160455": {
    title: "The rules for a re-scan are not met.",
    next: "A re-scan needs the same host and address, within 60 days of the first job's end, at most three times. Start it as a new job instead.",
  },
  "160456": { title: "The agreement for a server at another provider is missing.", next: "Read it and tick the box." },
  "160457": {
    title: "The ownership file was not found on the target.",
    next: "Place the file at the address given, then check again.",
  },
  "160701": {
    title: "This report has expired.",
    next: "Reports can be read for one year after a job ends. Start a new job of the same target for a current one.",
  },
  "160842": {
    title: "This job can no longer be cancelled.",
    next: "Only waiting jobs can be cancelled. A running job can be stopped.",
  },
  "165244": { title: "Some of the jobs were not found any more.", next: "Refresh the list and choose again." },

  INPUT_INVALID: { title: "The dashboard did not understand this request.", next: "Reload the page and try again." },
  INPUT_REFUSED: { title: "A value was not accepted.", next: "Correct the marked fields and try again." },
  VALUE_REQUIRED: { title: "This is required.", next: "Fill it in to go on." },
  VALUE_INVALID: { title: "This value is not one of those allowed.", next: "Choose another one." },
  VALUE_TOO_LONG: { title: "This is longer than allowed.", next: "Shorten it." },
  FIELD_UNKNOWN: {
    title: "This page is older than the dashboard it talks to.",
    next: "Reload the page and try again.",
  },
  URL_INVALID: {
    title: "This is not a complete web address, or one that can be read in two ways.",
    next: "Write it like https://www.example.com/shop, without a user name or password, blanks, backslashes or invisible characters.",
  },
  URL_OTHER_HOST: {
    title: "An excluded URL is on another host than the target.",
    next: "Only URLs of the target itself can be excluded. Other hosts are not scanned anyway.",
  },
  ITEMS_ALL_ALONE: { title: "“ALL” cannot be combined with single checks.", next: "Choose either all or single ones." },
  HEADER_NOT_ALLOWED: {
    title: "A header cannot be sent like this.",
    next: "Names hold letters, digits and hyphens; values hold no line breaks. Host and Connection are set by the scanner.",
  },
  CONSENT_REQUIRED: {
    title: "Your agreement is missing.",
    next: "Read the sentence on responsibility and charges, then tick the box.",
  },
  TARGET_ADDRESS_FORBIDDEN: {
    title: "The dashboard may not open this address.",
    next: "It is a private or reserved address or port. Use a public one, or ask an administrator to allow private targets.",
  },
  TARGET_NOT_ALLOWED: {
    title: "This host is not on the list of allowed targets.",
    next: "Ask an administrator of this dashboard to allow it.",
  },
  LOCAL_TIME_INVALID: {
    title: "This is not a complete date and time.",
    next: "Enter a day and a time that exist, such as 02:00.",
  },
  LOCAL_TIME_MISSING: {
    title: "This time does not exist on that day.",
    next: "Clocks are put forward over it in this time zone. Choose an earlier or a later time.",
  },
  LOCAL_TIME_PAST: { title: "This time is already past.", next: "Choose a later one, or start the job now." },
  LOCAL_TIME_TOO_FAR: {
    title: "This time is more than 400 days away.",
    next: "Choose an earlier one, or repeat the job on a schedule.",
  },
  TIME_ZONE_UNKNOWN: {
    title: "The dashboard does not know this time zone.",
    next: "Choose another one from the list.",
  },
  SCHEDULE_NEVER_RUNS: {
    title: "This schedule would never run.",
    next: "The blackout hours cover every run. Shorten them, or choose another time.",
  },
  IDEMPOTENCY_KEY_INVALID: { title: "The dashboard did not accept this form.", next: "Reload the page and try again." },
  IDEMPOTENCY_KEY_REUSED: {
    title: "This form was already sent with other values.",
    next: "Look for the job in the list. To create another one, open a new form.",
  },

  JSON_INVALID: { title: "The dashboard could not read this request.", next: "Reload the page and try again." },
  BODY_TOO_LARGE: { title: "This is more than the dashboard accepts.", next: "Shorten the lists or the headers." },
  CONTENT_TYPE_UNSUPPORTED: {
    title: "The dashboard could not read this request.",
    next: "Reload the page and try again.",
  },
  REQUEST_GUARD_MISSING: {
    title: "The dashboard refused this request.",
    next: "Reload the page. If it continues, a proxy between you and the dashboard removes headers.",
  },
  ORIGIN_FORBIDDEN: {
    title: "The dashboard refused a request from another site.",
    next: "Open the dashboard under its own address.",
  },
  HOST_MISMATCH: {
    title: "The dashboard is published under another address.",
    next: "Open it under the address your administrator gave you.",
  },
  ROLE_FORBIDDEN: {
    title: "Your role does not allow this.",
    next: "Ask an administrator of this dashboard for the operator role.",
  },
  TOKEN_INVALID: {
    title: "The service token is not valid.",
    next: "It is unknown, expired or revoked. Use another token, or ask an administrator for one.",
  },
  TOKEN_OUT_OF_SCOPE: {
    title: "The service token may not do this.",
    next: "It is limited to other targets, or only people may do this.",
  },
  TOKEN_ATTEMPTS_EXHAUSTED: {
    title: "Too many service tokens were not valid.",
    next: "Wait a moment, then try again with a valid token.",
  },
  NO_ROLE: {
    title: "You have no role in this dashboard.",
    next: "You are signed in, but none of your groups has a role here. Ask an administrator of this dashboard to give one of your groups a role.",
  },
  GROUPS_OVERAGE: {
    title: "You are in too many groups.",
    next: "The identity provider leaves the groups out when there are too many, so no role can be found. An administrator can limit the groups it sends to those of this dashboard.",
  },
  IDENTITY_UNAVAILABLE: {
    title: "The sign-in service does not answer.",
    next: "Nobody can be identified right now. Try again in a minute; if it continues, tell an administrator of this dashboard.",
  },
  SIGN_IN_REFUSED: {
    title: "The sign-in did not succeed.",
    next: "It took too long, was started in another browser, or was already used. Sign in again.",
  },
  SIGN_IN_DENIED: {
    title: "The sign-in service does not let you use this dashboard.",
    next: "If you cancelled, sign in again. Otherwise ask an administrator whether you were given access to this dashboard.",
  },
  SIGN_IN_INTERRUPTED: {
    title: "The sign-in ended before it was complete.",
    next: "The sign-in page needs you to log in, choose an account or consent. Sign in again and complete it.",
  },
  SIGN_IN_MISCONFIGURED: {
    title: "The sign-in service does not accept how this dashboard is set up.",
    next: "Trying again does not help. Tell an administrator of this dashboard; its log has the reason the sign-in service gave.",
  },
  REQUEST_MALFORMED: {
    title: "The dashboard could not read the request.",
    next: "Reload the page. If it happens again, something between the browser and the dashboard changes requests.",
  },
  HEADERS_TOO_LARGE: {
    title: "The browser sent too many headers.",
    next: "Delete the cookies of this address and try again.",
  },
  REQUEST_TIMEOUT: { title: "The request took too long to arrive.", next: "Check your connection and try again." },
  ROUTE_NOT_FOUND: { title: "There is no such page.", next: "Go back to the job list." },
  METHOD_NOT_ALLOWED: {
    title: "This page is older than the dashboard it talks to.",
    next: "Reload the page and try again.",
  },

  JOB_NOT_FOUND: {
    title: "There is no such job.",
    next: "It may belong to another account, or be an old one that was not found. Search the list for its target.",
  },
  JOB_SEARCH_UNFINISHED: {
    title: "The job was not found yet.",
    next: "The list is long, and only some of its pages were read. Try again in a minute: the search then goes on. Or search the list for its target.",
  },
  JOB_STATE_CONFLICT: {
    title: "The job has changed in the meantime.",
    next: "Its state has been read again. Check what can be done now.",
  },
  REPORT_NOT_READY: {
    title: "This job has no report yet.",
    next: "The report appears when the scan has finished.",
  },
  AUDIT_ENTRY_NOT_FOUND: {
    title: "There is no such audit entry.",
    next: "The chain has fewer entries. Go back to the audit log.",
  },
  PREDECESSOR_NOT_FOUND: {
    title: "There is no earlier report to compare with.",
    next: "No earlier finished job of this target has the same sign-in, checks and scope and a report that can still be read. Choose an earlier job yourself to compare anyway.",
  },
  COMPARE_TARGETS_DIFFER: {
    title: "These two jobs have different targets.",
    next: "Choose two jobs of the same host.",
  },
  COMPARE_SAME_JOB: {
    title: "Both sides are the same job.",
    next: "Choose another job for one of them.",
  },
  TARGET_NOT_FOUND: {
    title: "There is no such target.",
    next: "No job of this host is known. Go back to the targets.",
  },
  TARGET_CHANGED: {
    title: "Somebody else changed this target in the meantime.",
    next: "Nothing was overwritten. Close this and look at what is kept now, then change it again.",
  },
  TARGET_FILE_UNREADABLE: {
    title: "The file cannot be read as a list of targets.",
    next: "It has to be CSV with a column named host in its first row, and at most 1,000 further rows.",
  },
  TARGETS_EXHAUSTED: {
    title: "No further target can be described.",
    next: "Remove targets that are not needed any more.",
  },
  SCHEDULE_NOT_FOUND: {
    title: "There is no such schedule.",
    next: "It may have been deleted. Go back to the schedules.",
  },
  SCHEDULE_COLLISION: {
    title: "A job of the target was still waiting or running.",
    next: "This run was skipped, as the schedule says. The next one takes place as planned.",
  },
  SCHEDULE_RUN_WITHDRAWN: {
    title: "The schedule of this run was paused, changed or deleted.",
    next: "This run is not sent any more. If it is still needed, create a job.",
  },
  SUBMISSION_IN_FLIGHT: {
    title: "It is too late to change this.",
    next: "It is already on its way to NAVER Cloud, or has been completed. If a job is created, cancel it in the job list.",
  },
  SUBMISSION_MISSED: {
    title: "The time passed while it could not be sent.",
    next: "Requests are never sent late. Create the job again if it is still needed.",
  },
  SUBMISSION_DOUBLED: {
    title: "Two jobs look as if they came from this one request.",
    next: "Compare them in the job list and decide which one belongs to it.",
  },
  SIGN_IN_UNREADABLE: {
    title: "The stored sign-in values can no longer be decrypted.",
    next: "Nothing was sent. An administrator has to check the encryption keys, or discard the request and enter the values again.",
  },
  MEMO_CUT: {
    title: "NAVER Cloud shortened or changed a memo that this dashboard uses to find its jobs.",
    next: "Requests in doubt are not resent automatically. Look for the job in the list and decide.",
  },
  MEMO_UNPROVEN: {
    title: "The job is not in the list, but it is not confirmed yet that this account keeps a memo of this length.",
    next: "Without that, a missing job proves nothing. Look for the job in the NAVER Cloud console by its URL and time, then decide.",
  },
  LIST_COUNT_MISSING: {
    title: "The job is not in the list, but NAVER Cloud did not say how many jobs there are.",
    next: "Without the count, a missing job proves nothing. Look for the job in the NAVER Cloud console by its URL and time, then decide.",
  },
  LIST_ROWS_UNREADABLE: {
    title: "The job is not in the list, but some rows of the list could not be read.",
    next: "It may be one of those rows. Look for the job in the NAVER Cloud console by its URL and time, then decide.",
  },
  LIST_CHANGED: {
    title: "The list changed each time while this dashboard was looking for the job.",
    next: "Look for the job in the NAVER Cloud console by its URL and time, then decide.",
  },
  LIST_ORDER_UNPROVEN: {
    title: "The job was not found, but this account's list is not newest first and is too long to be read in full.",
    next: "Look for the job in the NAVER Cloud console by its URL and time, then decide.",
  },
  LIST_WALK_INCOMPLETE: {
    title: "The job was not found, but the list could not be read to its end.",
    next: "Look for the job in the NAVER Cloud console by its URL and time, then decide.",
  },
  BUDGET_EXHAUSTED: {
    title: "The dashboard's own budget of jobs is used up.",
    next: "It is counted per day and per person and hour. Wait, cancel a waiting one, or ask an administrator for a larger budget.",
  },
  RESERVATIONS_EXHAUSTED: {
    title: "You have reached the limit of open reservations for one person.",
    next: "Cancel one that is no longer needed, wait until one has run, or ask an administrator for a larger limit.",
  },
  SCHEDULES_EXHAUSTED: {
    title: "You have reached the limit of schedules for one person.",
    next: "Delete one that is no longer needed, or ask an administrator for a larger limit.",
  },
  TOKEN_NOT_FOUND: {
    title: "There is no such service token.",
    next: "It may have been removed. Reload the list.",
  },
  VERDICT_NOT_FOUND: {
    title: "Nothing is recorded about this finding.",
    next: "It may have been recorded for another target. Reload the page.",
  },
  FINDING_NOT_FOUND: {
    title: "This report has no such finding.",
    next: "Reload the report and decide again.",
  },
  VERDICT_CHANGED: {
    title: "Somebody else changed this verdict in the meantime.",
    next: "Nothing was overwritten. Look at the present verdict, then decide again.",
  },
  VERDICT_HISTORY_FULL: {
    title: "The history of this finding is full.",
    next: "A history holds 1,000 entries. Continue in your issue tracker.",
  },
  VERDICT_DAY_PAST: {
    title: "This date is in the past.",
    next: "Choose today or a later date.",
  },
  VERDICT_DAY_TOO_FAR: {
    title: "A risk can be accepted for three years at most.",
    next: "Choose an earlier date.",
  },
  VIEW_NOT_FOUND: {
    title: "This view does not exist.",
    next: "It may have been deleted, or it is no longer shared.",
  },
  VIEW_CHANGED: {
    title: "The view was changed in the meantime.",
    next: "Nothing was overwritten. Look at the view, then change it again.",
  },
  VIEWS_EXHAUSTED: {
    title: "No further view can be kept.",
    next: "Delete views that you no longer use.",
  },
  TOKENS_EXHAUSTED: {
    title: "The limit of active service tokens is reached.",
    next: "Revoke one that is no longer needed, then try again.",
  },
  CHANNEL_NOT_FOUND: {
    title: "There is no such channel.",
    next: "It may have been deleted. Reload the list.",
  },
  DELIVERY_NOT_FOUND: {
    title: "There is no such delivery.",
    next: "Deliveries are kept for 30 days. Reload the list.",
  },
  CHANNELS_EXHAUSTED: {
    title: "The limit of notification channels is reached.",
    next: "Delete one that is no longer needed, then try again.",
  },
  CHANNEL_PAUSED: {
    title: "The channel is paused.",
    next: "Resume it first; waiting notifications are then sent.",
  },
  CHANNEL_UNSIGNED: {
    title: "Messages of this kind of channel are not signed.",
    next: "Only webhooks have a secret.",
  },
  RECEIVER_INVALID: {
    title: "This receiver cannot be used.",
    next: "Enter one mail address, or an address that begins with https.",
  },
  RECEIVER_FORBIDDEN: {
    title: "This is an internal address.",
    next: "An administrator can allow its host with WSC_INTERNAL_RECEIVERS.",
  },
  MAIL_NOT_SET: {
    title: "No mail server is set up.",
    next: "An administrator has to set WSC_SMTP_URL and WSC_MAIL_FROM.",
  },
  IDEMPOTENCY_KEY_RUNNING: {
    title: "The same request is still being worked on.",
    next: "Wait a moment and try again. Nothing is done twice.",
  },
  STORE_UNAVAILABLE: {
    title: "The dashboard cannot write to its database.",
    next: "Nothing was sent. An administrator has to check the disk or the database server.",
  },
  SUBMISSION_NOT_FOUND: {
    title: "The dashboard does not know this request.",
    next: "Look for the job in the list before you create it again.",
  },

  UPSTREAM_UNREACHABLE: {
    title: "The dashboard cannot reach NAVER Cloud.",
    next: "Wait a moment and try again. If it continues, an administrator has to check the network of the server.",
  },
  UPSTREAM_TIMEOUT: { title: "NAVER Cloud did not answer in time.", next: "Wait a moment and try again." },
  UPSTREAM_SLOW: {
    title: "NAVER Cloud is slow to answer.",
    next: "The list is updated as soon as the answer arrives.",
  },
  UPSTREAM_INTERRUPTED: {
    title: "The connection to NAVER Cloud broke off.",
    next: "Wait a moment and try again.",
  },
  UPSTREAM_UNREADABLE: {
    title: "NAVER Cloud sent an answer that cannot be read.",
    next: "Try again later. If it continues, copy the details for your administrator.",
  },
  UPSTREAM_CODE_UNKNOWN: {
    title: "NAVER Cloud refused with a reason that is not documented.",
    next: "Copy the details for NAVER Cloud support.",
  },
  OUTCOME_UNKNOWN: {
    title: "It is not known yet whether the job was created.",
    next: "The list is being checked. Do not create it again before that.",
  },
  PROBE_TOO_SOON: {
    title: "The answers were recorded a moment ago.",
    next: "Wait two minutes, then try again.",
  },
  OWN_CALLS_EXHAUSTED: {
    title: "You have sent too many requests of this kind in a short time.",
    next: "Wait a moment, then try again.",
  },
  SERVER_BUSY: { title: "The dashboard is busy.", next: "Wait a moment and try again." },
};
