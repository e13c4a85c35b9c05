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
    // What only helps to fill in the form has no name.
    ['input', 'change'].forEach(function (kind) {
      form.addEventListener(kind, function (event) { changed = changed || Boolean(event.target.name); });
    });
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

  // A click that changes something shows at once what came of it.
  body.addEventListener('htmx:afterRequest', function (event) {
    var part = document.getElementById(event.target.dataset.renews || '');
    if (part) { want(part); }
  });

  // What happens, for scripts: `run` on the body with the run as detail. `healed` says that news was missed: the stream
  // is there again, or runs have gone on between the page and its first event.
  var lost = false;
  var opened = false;
  var begins = true;
  var shown = body.dataset.standing ? JSON.parse(body.dataset.standing) : null;
  var states = {};
  function offline(is) {
    document.getElementById('offline').hidden = !is;
    if (lost && !is) { heal(); }
    lost = is;
  }
  function heal() {
    body.dispatchEvent(new CustomEvent('healed'));
    each('[data-renew]', document, want);
  }
  // What changed while nobody listened is fetched; what changes from then on is told by itself.
  function stand(numbers) {
    if (begins && shown) {
      Object.keys(numbers).forEach(function (thing) {
        if (numbers[thing] > (shown[thing] || 0)) { missed(thing); }
      });
    }
    begins = false;
    shown = shown && numbers;
  }
  function missed(thing) {
    if (thing !== 'RUN') {
      signal(thing);
      return;
    }
    body.dispatchEvent(new CustomEvent('healed'));
    each('[data-renew]', document, function (part) {
      if (/\brun/i.test(part.dataset.renew)) { want(part); }
    });
  }
  function heard(message) {
    switch (message.kind) {
      case 'open':
        offline(false);
        opened = true;
        begins = true;
        break;
      case 'standing': stand(message.numbers); break;
      case 'lost': if (!leaving) { offline(true); } break;
      case 'ended': location.assign('/login?to=' + encodeURIComponent(location.pathname + location.search)); break;
      case 'change': signal(message.thing); break;
      case 'run':
        body.dispatchEvent(new CustomEvent('run', { detail: message.run }));
        signal('run');
        signal('run-' + message.run.id);
        if (states[message.run.id] !== message.run.state) {
          states[message.run.id] = message.run.state;
          signal('RUN');
        }
    }
  }

  // The stream is shared by all tabs. Where that cannot be, or the worker gets none (a browser may trust an odd
  // certificate in pages alone), this tab has its own as long as it is seen.
  function listen(script) {
    if (!window.SharedWorker) {
      alone(script);
      return;
    }
    var done = false;
    var port;
    var giveUp = function () {
      if (!done && !opened) {
        done = true;
        if (port) { port.postMessage('gone'); }
        alone(script);
      }
    };
    try {
      var worker = new SharedWorker(script);
      port = worker.port;
      worker.onerror = giveUp;
    } catch (refused) {
      giveUp();
      return;
    }
    port.onmessage = function (event) {
      if (done) { return; }
      if (event.data.kind === 'lost' && !opened) { giveUp(); } else { heard(event.data); }
    };
    port.postMessage('here');
    setTimeout(giveUp, 6000);
    window.addEventListener('pagehide', function () { if (!done) { port.postMessage('gone'); } });
    window.addEventListener('pageshow', function (event) {
      if (event.persisted && !done) { port.postMessage('here'); heal(); }
    });
  }
  function alone(script) {
    var element = document.createElement('script');
    element.src = script;
    body.addEventListener('events-there', function () {
      var events = window.skyferryEvents;
      var there = false;
      var look = function () {
        if (there === !document.hidden) { return; }
        there = !document.hidden;
        if (there) {
          events.add(heard);
          if (opened) { heal(); }
        } else {
          events.remove(heard);
        }
      };
      document.addEventListener('visibilitychange', look);
      look();
    });
    document.head.append(element);
  }
  var leaving = false;
  window.addEventListener('pagehide', function () { leaving = true; });
  window.addEventListener('beforeunload', function () {
    leaving = true;
    // Whoever stays after all hears of losses again.
    setTimeout(function () { leaving = false; }, 3000);
  });
  window.addEventListener('pageshow', function () { leaving = false; });

  // Parts that stay as the server has them. data-renew names what they show: TASK, CREDENTIAL, ALERT and so on: when
  // any of these is changed, by whomever; RUN: when a run begins or ends; run, run-7: with each step of any run, or of
  // that one. data-from is where the part alone is found, else in the page; data-each how many milliseconds lie between.
  // A part in which somebody is busy waits. One with data-version is a form and is never touched: it is told instead.
  // One with data-going is looked at now and then in any case, should the last news not have come through.
  var served = {};
  var sources = {};
  var ready = {};
  var watch = 0;
  each('[data-renew]', document, function (part) { served[part.id] = part.outerHTML; });

  function signal(word) {
    each('[data-renew]', document, function (part) {
      if (part.dataset.renew.split(' ').indexOf(word) >= 0) { want(part); }
    });
  }
  function want(part) {
    var url = part.dataset.from || location.pathname + location.search;
    var source = sources[url];
    if (!source) { source = sources[url] = { url: url, ids: {}, last: 0, timer: 0, busy: false }; }
    source.ids[part.id] = true;
    soon(source, Number(part.dataset.each) || 300);
  }
  function soon(source, pause) {
    if (source.timer || source.busy) {
      source.pause = pause;
      return;
    }
    source.timer = setTimeout(function () { fetchParts(source); }, Math.max(100, source.last + pause - Date.now()));
  }
  function fetchParts(source) {
    var ids = source.ids;
    source.timer = 0;
    source.ids = {};
    source.busy = true;
    fetch(source.url, { headers: { 'HX-Request': 'true' } }).then(function (answer) {
      var to = answer.headers.get('HX-Redirect');
      if (to) { location.assign(to); }
      if (answer.status === 404) { gone(ids); }
      return answer.ok && !to ? answer.text() : '';
    }).then(function (html) {
      if (!html) { return; }
      var fresh = new DOMParser().parseFromString(html, 'text/html');
      Object.keys(ids).forEach(function (id) {
        var now = fresh.getElementById(id);
        if (now) { take(id, document.adoptNode(now)); }
      });
    }, function () {
      // Without a connection there is nothing to be had until it heals.
      if (!lost) { Object.keys(ids).forEach(function (id) { source.ids[id] = true; }); }
    }).then(function () {
      source.busy = false;
      source.last = Date.now();
      if (Object.keys(source.ids).length) { soon(source, source.pause || 1000); }
    });
  }
  function take(id, now) {
    var old = document.getElementById(id);
    if (!old) { return; }
    if (old.dataset.version) {
      if (old.dataset.version !== now.dataset.version) { tellOf(old, 'Somebody else has changed this meanwhile.'); }
      return;
    }
    var html = now.outerHTML;
    if (served[id] === html) {
      delete ready[id];
      return;
    }
    if (isEdited(old)) {
      tellOf(old, 'This has been changed elsewhere meanwhile; what you have entered is not saved yet.');
      return;
    }
    if (isBusy(old)) {
      ready[id] = now;
      watch = watch || setInterval(takeReady, 500);
      return;
    }
    delete ready[id];
    served[id] = html;
    swap(old, now);
  }
  function takeReady() {
    Object.keys(ready).forEach(function (id) { take(id, ready[id]); });
    if (!Object.keys(ready).length) {
      clearInterval(watch);
      watch = 0;
    }
  }
  function gone(ids) {
    Object.keys(ids).forEach(function (id) {
      var part = document.getElementById(id);
      if (part && part.dataset.version) { tellOf(part, 'This was deleted elsewhere meanwhile.'); }
    });
  }
  function tellOf(part, words) {
    var there = document.getElementById('changed-elsewhere');
    if (there) { return; }
    var box = document.createElement('div');
    box.id = 'changed-elsewhere';
    box.className = 'note note-warn row-flex';
    box.setAttribute('role', 'status');
    var text = document.createElement('span');
    text.textContent = words;
    var link = document.createElement('a');
    link.className = 'btn';
    link.href = location.href;
    link.textContent = 'Show what holds now';
    box.append(text, link);
    part.before(box);
  }
  function isEdited(part) {
    return Array.prototype.some.call(part.querySelectorAll('input, textarea, select'), function (field) {
      if (field.matches('[data-keep], [data-tick-all], [type=hidden], [type=search]')) { return false; }
      if (field.matches('[type=checkbox], [type=radio]')) { return field.checked !== field.defaultChecked; }
      if (field.matches('select')) {
        return Array.prototype.some.call(field.options, function (one) { return one.selected !== one.defaultSelected; }) &&
          !(field.selectedIndex === 0 && !field.querySelector('option[selected]'));
      }
      return field.value !== field.defaultValue;
    });
  }
  // A menu or a question is open, a field is being written into, or text is marked to be copied.
  function isBusy(part) {
    var focus = document.activeElement;
    var marked = document.getSelection();
    return part.querySelector('details.menu[open], dialog[open]') !== null ||
      (part.contains(focus) && focus.matches('input:not([type=checkbox]), textarea, select')) ||
      (marked !== null && !marked.isCollapsed && part.contains(marked.anchorNode));
  }
  function swap(old, now) {
    var focus = old.contains(document.activeElement) ? document.activeElement.id : '';
    var shifts = [];
    each('.table-responsive', old, function (one) { shifts.push(one.scrollLeft); });
    each('details[id]', old, function (one) {
      var again = now.querySelector('#' + CSS.escape(one.id));
      if (again) { again.open = one.open; }
    });
    each('[data-keep]', old, function (one) {
      var again = now.querySelector('#' + CSS.escape(one.id));
      if (again) { again.checked = one.checked; }
    });
    each('[data-hold]', old, function (one) {
      var again = now.querySelector('#' + CSS.escape(one.id));
      if (again && !again.firstElementChild) { again.append.apply(again, Array.prototype.slice.call(one.childNodes)); }
    });
    old.replaceWith(now);
    each('.table-responsive', now, function (one) { one.scrollLeft = shifts.shift() || 0; });
    if (window.htmx) { window.htmx.process(now); }
    if (focus && document.getElementById(focus)) { document.getElementById(focus).focus({ preventScroll: true }); }
    body.dispatchEvent(new CustomEvent('renewed', { detail: { old: old, now: now } }));
  }

  // A login or its end in one tab is heard in the others.
  if (window.BroadcastChannel) {
    var inside = Boolean(body.dataset.live);
    var channel = new BroadcastChannel('skyferry-session');
    channel.onmessage = function (event) {
      if (event.data === inside) { return; }
      fetch('/api/v1/session').then(function (answer) {
        if (inside && answer.status === 401) { heard({ kind: 'ended' }); }
        if (!inside && answer.ok && location.pathname === '/login') { location.reload(); }
      }, function () { /* Whoever is lost hears of it by the stream. */ });
    };
    channel.postMessage(inside);
  }

  if (body.dataset.live) {
    listen(body.dataset.live);
    setInterval(function () {
      if (!document.hidden && !lost) { each('[data-renew][data-going]', document, want); }
    }, 3000);
  }

  window.skyferry = { say: say, ask: ask, each: each, renew: want };
})();
