/* biome-ignore-all lint: written in the syntax of 2009, but for import(), without which the app does not start */
// Runs the app's first files one after the other, each in a task of its own: all at once they would block a slow phone for a second.
(function () {
  var files = [];
  if (window.startGuard.isBlocked) return;
  function next() {
    var file = files.shift();
    if (!file) return;
    import(file).then(
      function () {
        setTimeout(next);
      },
      function (problem) {
        window.startGuard.fail(String(problem));
      },
    );
  }
  next();
})();
