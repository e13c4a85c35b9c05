// What lives on the pages. Pages read without it; nothing here decides anything, the server does.
(function () {
  'use strict';
  var root = document.documentElement;
  var body = document.body;

  function each(selector, within, doing) {
    Array.prototype.forEach.call((within || document).querySelectorAll(selector), doing);
  }

  // Words that come and go.
  function say(text, tone) {
    var toast = document.createElement('div');
    toast.className = 'toast-line' + (tone ? ' toast-' + tone : '');
    toast.textContent = text;
    document.getElementById('toasts').append(toast);
    setTimeout(function () { toast.remove(); }, tone === 'bad' ? 12000 : 6000);
  }

  // Forms of htmx bring the session's token.
  body.addEventListener('htmx:configRequest', function (event) {
    var token = document.querySelector('meta[name=csrf]');
    if (token && token.content) {
      event.detail.headers['X-CSRF-Token'] = token.content;
    }
  });
  body.addEventListener('htmx:responseError', function (event) {
    say(event.detail.xhr.responseText || 'Skyferry could not do that', 'bad');
  });
  body.addEventListener('htmx:sendError', function () { offline(true); });

  // Light or dark at once, and kept by the server.
  each('form[action="/theme"]', document, function (form) {
    form.addEventListener('submit', function (event) {
      if (!event.submitter) { return; }
      event.preventDefault();
      root.dataset.theme = event.submitter.value;
      if (event.submitter.value === 'system') {
        root.dataset.bsTheme = window.matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
      } else {
        root.dataset.bsTheme = event.submitter.value;
      }
      each('button', form, function (one) { one.setAttribute('aria-pressed', String(one === event.submitter)); });
      fetch('/theme', { method: 'POST', redirect: 'manual', body: new URLSearchParams({ theme: event.submitter.value, to: '/' }) });
      form.closest('details').open = false;
      body.dispatchEvent(new CustomEvent('themechange'));
    });
  });

  // Menus close when one looks elsewhere.
  document.addEventListener('click', function (event) {
    each('details.menu[open]', document, function (menu) {
      if (!menu.contains(event.target)) { menu.open = false; }
    });
    var close = event.target.closest('[data-close]');
    if (close) { close.parentElement.remove(); }
  });
  document.addEventListener('keydown', function (event) {
    if (event.key === 'Escape') {
      each('details.menu[open]', document, function (menu) {
        menu.open = false;
        menu.querySelector('summary').focus();
      });
    }
  });

  // A form that asks first: data-confirm says what will happen, data-confirm-title what it is, data-confirm-yes the button.
  var confirmed = new WeakSet();
  document.addEventListener('submit', function (event) {
    var form = event.target;
    var asker = event.submitter && event.submitter.dataset.confirm ? event.submitter : form;
    if (!asker.dataset.confirm || confirmed.has(form)) {
      confirmed.delete(form);
      return;
    }
    event.preventDefault();
    event.stopImmediatePropagation();
    var submitter = event.submitter;
    ask(asker.dataset, function () {
      confirmed.add(form);
      // What lives may have been renewed meanwhile, and this form with it.
      if (!form.isConnected) {
        form.hidden = true;
        body.append(form);
      }
      form.requestSubmit(submitter && submitter.form === form ? submitter : undefined);
    });
  }, true);

  function ask(words, doing) {
    var dialog = document.getElementById('confirm');
    var yes = document.getElementById('confirm-yes');
    document.getElementById('confirm-title').textContent = words.confirmTitle || 'Are you sure?';
    document.getElementById('confirm-text').textContent = words.confirm;
    yes.textContent = words.confirmYes || 'Continue';
    yes.className = 'btn ' + (words.confirmTone === 'bad' ? 'btn-danger' : 'btn-primary');
    dialog.returnValue = 'no';
    dialog.onclose = function () { if (dialog.returnValue === 'yes') { doing(); } };
    dialog.showModal();
  }

  // Dialogs: data-dialog="id" opens one; data-dialog-close closes the one around it.
  document.addEventListener('click', function (event) {
    var opener = event.target.closest('[data-dialog]');
    if (opener) {
      document.getElementById(opener.dataset.dialog).showModal();
    }
    var closer = event.target.closest('[data-dialog-close]');
    if (closer) { closer.closest('dialog').close(); }
  });

  // The printed link brings its code behind the # sign, so that no server and no proxy logs it.
  each('form[data-setup]', document, function (form) {
    if (location.hash.length > 1) {
      form.elements.token.value = decodeURIComponent(location.hash.slice(1));
      history.replaceState(null, '', location.pathname);
      form.elements.name.focus();
    }
  });

  // What is wrong with a form is read first.
  var problems = document.querySelector('[data-focus]');
  if (problems) { problems.focus(); }

  // A form with changes that were not saved does not let one go without a word.
  each('form[data-guard]', document, function (form) {
    var changed = false;
    form.addEventListener('input', function () { changed = true; });
    form.addEventListener('submit', function () { changed = false; });
    window.addEventListener('beforeunload', function (event) {
      if (changed) { event.preventDefault(); }
    });
  });

  // Copies what an element says.
  document.addEventListener('click', function (event) {
    var button = event.target.closest('[data-copy]');
    if (button) {
      var from = document.getElementById(button.dataset.copy);
      navigator.clipboard.writeText(from.textContent).then(function () { say('Copied'); });
    }
  });

  // Events of runs: `run` for any, `run-7` for that one, on the body, with the run as detail. Parts of pages say
  // hx-trigger="run-7 from:body throttle:1s"; scripts listen themselves.
  var lost = false;
  var opened = false;
  function offline(is) {
    document.getElementById('offline').hidden = !is;
    if (lost && !is) { body.dispatchEvent(new CustomEvent('healed')); }
    lost = is;
  }
  function listen() {
    var source = new EventSource('/api/v1/events');
    source.addEventListener('run', function (event) {
      var run = JSON.parse(event.data);
      body.dispatchEvent(new CustomEvent('run', { detail: run }));
      body.dispatchEvent(new CustomEvent('run-' + run.id, { detail: run }));
    });
    source.onopen = function () {
      offline(false);
      // What happened between the page and its first event.
      if (!opened && document.querySelector('#runhead[hx-get]')) { body.dispatchEvent(new CustomEvent('healed')); }
      opened = true;
    };
    source.onerror = function () {
      // While a page is left, the browser ends its streams: that is no loss.
      if (!leaving) { offline(true); }
      if (source.readyState === EventSource.CLOSED) {
        setTimeout(function () {
          fetch('/api/v1/session', { redirect: 'manual' }).then(function (answer) {
            if (answer.status === 401) {
              location.assign('/login?to=' + encodeURIComponent(location.pathname + location.search));
            } else {
              listen();
            }
          }, listen);
        }, 3000);
      }
    };
  }
  var leaving = false;
  window.addEventListener('pagehide', function () { leaving = true; });
  window.addEventListener('beforeunload', function () { leaving = true; });
  window.addEventListener('pageshow', function () { leaving = false; });
  if (body.dataset.live) { listen(); }

  window.skyferry = { say: say, ask: ask, each: each };
})();
