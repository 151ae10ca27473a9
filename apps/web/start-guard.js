/* biome-ignore-all lint: written in the syntax of 2009, for browsers that know no newer one */
// Runs before everything else. Shows what stands in index.html for a start that failed.
(function () {
  var isMissing = !(
    window.URL &&
    URL.canParse &&
    Map.groupBy &&
    Array.prototype.toSorted &&
    window.Intl &&
    Intl.Segmenter &&
    "popover" in HTMLElement.prototype &&
    "adoptedStyleSheets" in document &&
    window.CSS &&
    CSS.supports("selector(:has(a))")
  );
  var hasStarted = false;
  var reason = "";
  /** Out of the document while the app runs. */
  var taken = null;

  function show() {
    if (taken) document.body.appendChild(taken);
    var place = document.getElementById("start-failure");
    if (!place) return;
    var text = document.getElementById("start-failure-reason");
    if (text && reason) text.textContent = reason;
    var useless = document.querySelectorAll("[data-start]");
    for (var index = 0; index < useless.length; index += 1) useless[index].parentNode.removeChild(useless[index]);
    place.setAttribute("data-shown", "");
  }

  function onFailure(event) {
    var problem = event.reason || event.error || event.message;
    var file = event.target && (event.target.src || event.target.href);
    fail(file || (problem ? String(problem) : ""));
  }

  function fail(failed) {
    setTimeout(function () {
      var root = document.getElementById("root");
      // Once the app has started, only its end counts: React takes everything away when it cannot go on.
      if (hasStarted && root && root.firstElementChild) return;
      reason = reason || failed;
      show();
    });
  }

  window.startGuard = {
    isBlocked: isMissing,
    fail: fail,
    markStarted: function () {
      hasStarted = true;
      taken = document.getElementById("start-failure");
      if (taken) taken.parentNode.removeChild(taken);
    },
  };
  window.addEventListener("error", onFailure, true);
  window.addEventListener("unhandledrejection", onFailure);
  if (isMissing) document.addEventListener("DOMContentLoaded", show);
})();
