/* biome-ignore-all lint: written in the syntax of 2009, for browsers that know no newer one */
// Fetches the words of the first page beside its code, which asks for them only once it runs. Chooses as `storedLanguage` does.
(function () {
  var files = {};
  var stored = /(?:^|; *)wsc_lang=([a-z]+)/.exec(document.cookie);
  var wanted = (stored ? [stored[1]] : []).concat(navigator.languages || [], "en");
  for (var index = 0; index < wanted.length; index += 1) {
    var language = String(wanted[index]).toLowerCase().split("-")[0];
    if (!Object.prototype.hasOwnProperty.call(files, language)) continue;
    var link = document.createElement("link");
    link.rel = "modulepreload";
    link.crossOrigin = "";
    link.nonce = document.currentScript.nonce;
    link.href = files[language];
    document.head.appendChild(link);
    return;
  }
})();
