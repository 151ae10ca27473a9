/* biome-ignore-all lint: written in the syntax of 2009, for browsers that know no newer one */
// Asks the API for what the page shows first, while its code is on the way. Made by early-requests.ts; the app takes the answers.
(function () {
  var session = "";
  var requests = {};
  var pageWithoutSession = "";
  var path = location.pathname;
  var answers = {};
  window.earlyAnswers = answers;
  if (!window.fetch || path === pageWithoutSession) return;

  function ask(address) {
    var headers = { Accept: "application/json", "X-WSC-Request": "1" };
    answers[address] = fetch(address, {
      headers: headers,
      credentials: "same-origin",
      cache: "no-store",
      redirect: "manual",
    });
    // The app sees a failure when it takes the answer.
    answers[address].catch(function () {});
  }

  /** The values of a pattern's parameters in the path, or null. */
  function match(pattern) {
    var wanted = pattern.split("/");
    var given = path.split("/");
    var values = {};
    if (wanted.length !== given.length) return null;
    for (var index = 0; index < wanted.length; index += 1) {
      if (wanted[index].charAt(0) === "$" && /^[0-9]{1,20}$/.test(given[index])) values[wanted[index]] = given[index];
      else if (wanted[index] !== given[index] || wanted[index].charAt(0) === "$") return null;
    }
    return values;
  }

  ask(session);
  for (var page in requests) {
    var values = match(page);
    if (!values) continue;
    for (var index = 0; index < requests[page].length; index += 1) {
      var address = requests[page][index];
      if (location.search && address.indexOf("?") >= 0) continue;
      for (var name in values) address = address.replace(name, values[name]);
      ask(address);
    }
    return;
  }
})();
