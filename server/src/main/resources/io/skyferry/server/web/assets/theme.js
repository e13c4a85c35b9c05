// Runs before anything is painted: what follows the system is light or dark as the system is.
(function () {
  'use strict';
  var root = document.documentElement;
  root.classList.add('has-script');
  var dark = window.matchMedia('(prefers-color-scheme: dark)');
  function follow() {
    if (root.dataset.theme === 'system') {
      root.dataset.bsTheme = dark.matches ? 'dark' : 'light';
    }
  }
  follow();
  dark.addEventListener('change', follow);
})();
