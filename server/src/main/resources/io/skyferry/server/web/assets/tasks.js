// Pages of tasks: the list that lives, and the form that helps. What counts is decided by the server.
(function () {
  'use strict';
  var body = document.body;

  function token() {
    var meta = document.querySelector('meta[name=csrf]');
    return meta ? meta.content : '';
  }

  function send(url, data) {
    return fetch(url, {
      method: 'POST',
      headers: { 'X-CSRF-Token': token(), 'HX-Request': 'true' },
      body: data,
      redirect: 'manual'
    }).then(function (answer) {
      var to = answer.headers.get('HX-Redirect');
      if (to) { location.assign(to); return new Promise(function () {}); }
      return answer.text().then(function (text) {
        if (!answer.ok) { throw new Error(text || 'Skyferry could not do that'); }
        return text;
      });
    });
  }

  function put(target, html) {
    target.innerHTML = html;
    if (window.htmx) { window.htmx.process(target); }
  }

  function later(doing, millis) {
    var timer;
    return function () {
      clearTimeout(timer);
      timer = setTimeout(doing, millis);
    };
  }

  // The list.
  document.addEventListener('change', function (event) {
    var all = event.target.closest('[data-tick-all]');
    if (all) {
      document.querySelectorAll('input[name="' + all.dataset.tickAll + '"]').forEach(function (one) { one.checked = all.checked; });
    }
  });

  document.addEventListener('click', function (event) {
    var button = event.target.closest('[data-expand]');
    if (!button) { return; }
    var row = button.closest('tr');
    var open = button.getAttribute('aria-expanded') === 'true';
    button.setAttribute('aria-expanded', String(!open));
    if (open) {
      row.nextElementSibling.remove();
      return;
    }
    var line = document.createElement('tr');
    var cell = document.createElement('td');
    cell.colSpan = row.children.length;
    cell.className = 'more';
    cell.id = button.getAttribute('aria-controls');
    line.append(cell);
    row.after(line);
    fetch(button.dataset.expand, { headers: { 'HX-Request': 'true' } }).then(function (answer) {
      return answer.text();
    }).then(function (html) { put(cell, html); });
  });

  // What was opened stays open when the list is renewed.
  body.addEventListener('renewed', function (event) {
    event.detail.old.querySelectorAll('[data-expand][aria-expanded=true]').forEach(function (old) {
      var button = document.getElementById(old.id);
      if (button && button.getAttribute('aria-expanded') === 'false') { button.click(); }
    });
  });

  body.addEventListener('run', function (event) {
    var run = event.detail;
    if (run.state === 'RUNNING') {
      document.querySelectorAll('[data-percent="' + run.task + '"]').forEach(function (shown) {
        var progress = run.progress;
        shown.textContent = (progress.bytes_wanted > 0
          ? Math.min(100, Math.floor(progress.bytes_done * 100 / progress.bytes_wanted)) : progress.percent) + ' %';
      });
    }
  });

  // The form.
  var form = document.querySelector('form[data-task-form]');
  if (!form) { return; }

  function data(more) {
    var all = new URLSearchParams(new FormData(form));
    Object.keys(more || {}).forEach(function (name) {
      all.delete(name);
      [].concat(more[name]).forEach(function (value) { all.append(name, value); });
    });
    return all;
  }

  function field(name) { return document.getElementById('f-' + name); }

  function trouble(target) {
    return function (failure) {
      target.textContent = '';
      var words = document.createElement('p');
      words.className = 'wrong';
      words.textContent = failure.message;
      target.append(words);
    };
  }

  // What is wrong is told beside each field that was visited.
  var visited = new Set();
  var checks = 0;
  function place(path) {
    for (var name = path; name; name = name.indexOf('.') < 0 ? '' : name.slice(0, name.lastIndexOf('.'))) {
      if (document.getElementById('h-' + name)) { return name; }
    }
    return '';
  }
  function show(name, message) {
    var hints = document.getElementById('h-' + name);
    var input = field(name);
    var old = hints && hints.querySelector('.wrong');
    if (old) { old.remove(); }
    if (input) {
      input.classList.toggle('is-invalid', Boolean(message));
      if (message) { input.setAttribute('aria-invalid', 'true'); } else { input.removeAttribute('aria-invalid'); }
    }
    if (hints && message) {
      var words = document.createElement('div');
      words.className = 'wrong';
      words.textContent = message;
      hints.prepend(words);
    }
  }
  var check = later(function () {
    var number = ++checks;
    send('/tasks/form/check', data()).then(function (text) {
      if (number !== checks) { return; }
      var found = {};
      JSON.parse(text).errors.forEach(function (error) {
        var name = place(error.path);
        if (name) { found[name] = found[name] ? found[name] + '; ' + error.message : error.message; }
      });
      visited.forEach(function (name) { show(name, found[name]); });
    }, function () { /* The page says so when the connection is lost; saving checks again. */ });
  }, 350);
  if (!form.querySelector('[data-no-check]') && form.action.indexOf('/restore') < 0) {
    form.addEventListener('change', function (event) {
      var name = event.target.name && place(event.target.name);
      if (name) { visited.add(name); check(); }
    });
  }

  // The credential decides about bucket, folder and options.
  var account = field('credentials');
  var remote = document.getElementById('remote-fields');
  function buckets() {
    var box = document.getElementById('bucket-box');
    if (!box || !box.dataset.buckets) { return; }
    send('/tasks/form/buckets', data()).then(function (html) { put(box, html); }, function () { /* The text field stays. */ });
  }
  if (account && remote) {
    account.addEventListener('change', function () {
      send('/tasks/form/remote', data()).then(function (html) {
        var parsed = new DOMParser().parseFromString(html, 'text/html').getElementById('remote-fields');
        put(document.getElementById('remote-fields'), parsed.innerHTML);
        buckets();
      }, function (failure) { window.skyferry.say(failure.message, 'bad'); });
      var options = document.getElementById('options');
      if (options) {
        send('/tasks/form/options', data()).then(function (html) { put(options, html); }, function () { /* They stay. */ });
      }
    });
  }
  buckets();
  document.addEventListener('click', function (event) {
    if (!event.target.closest('[data-new-bucket]')) { return; }
    var box = document.getElementById('bucket-box');
    send('/tasks/form/bucket', data({ new_bucket: document.getElementById('new-bucket').value })).then(function (html) {
      put(box, html);
      field('attributes.bucket').dispatchEvent(new Event('change', { bubbles: true }));
    }, function (failure) { window.skyferry.say(failure.message, 'bad'); });
  });

  // Trees: a level is fetched when it is opened.
  form.addEventListener('toggle', function (event) {
    var details = event.target;
    if (!details.open || details.dataset.loaded) { return; }
    if (details.dataset.tree) {
      details.dataset.loaded = 'yes';
      level(details.querySelector('.tree-box'), { side: details.dataset.tree, at: '' });
    } else if (details.dataset.level) {
      details.dataset.loaded = 'yes';
      level(details.querySelector('.tree-level'), JSON.parse(details.dataset.level));
    } else if ('ticks' in details.dataset) {
      level(details.querySelector('.tree-box'), { side: 'source', at: '' });
    } else if ('preview' in details.dataset) {
      preview();
    }
  }, true);
  function level(target, values) {
    target.textContent = 'Looking…';
    send('/tasks/form/tree', data(values)).then(function (html) { put(target, html); }, trouble(target));
  }
  form.addEventListener('click', function (event) {
    var pick = event.target.closest('[data-pick]');
    if (pick) {
      event.preventDefault();
      var box = pick.closest('[data-into]');
      var input = document.getElementById(box.dataset.into);
      input.value = JSON.parse(pick.dataset.pick);
      input.dispatchEvent(new Event('change', { bubbles: true }));
      box.open = false;
      input.focus();
    }
  });

  // A long level comes by stretches, and is looked through by name.
  form.addEventListener('click', function (event) {
    var more = event.target.closest('[data-more]');
    if (!more) { return; }
    var line = more.closest('.tree-more');
    more.disabled = true;
    send('/tasks/form/tree', data(JSON.parse(more.dataset.more))).then(function (html) {
      var box = document.createElement('div');
      put(box, html);
      var first = box.querySelector('input, summary, button');
      line.replaceWith.apply(line, Array.prototype.slice.call(box.childNodes));
      if (first) { first.focus(); }
    }, trouble(line));
  });
  var finds = 0;
  var find = later(function () {
    var field = document.activeElement;
    if (!field || !field.matches('[data-find]')) { return; }
    var number = ++finds;
    var target = field.closest('.tree-find').nextElementSibling;
    var values = JSON.parse(field.dataset.find);
    values.text = field.value;
    send('/tasks/form/tree', data(values)).then(function (html) {
      if (number !== finds) { return; }
      put(target, html);
      var head = target.querySelector(':scope > .tree-find');
      if (head) {
        var found = head.nextElementSibling;
        target.replaceChildren.apply(target, Array.prototype.slice.call(found.childNodes));
      }
    }, trouble(target));
  }, 250);
  form.addEventListener('input', function (event) { if (event.target.matches('[data-find]')) { find(); } });
  form.addEventListener('keydown', function (event) {
    if (event.key === 'Enter' && event.target.matches('[data-find]')) { event.preventDefault(); }
  });

  // Ticks make include rules.
  form.addEventListener('change', function (event) {
    if (!event.target.matches('[data-tick]')) { return; }
    var box = event.target.closest('[data-ticks]');
    var values = new URLSearchParams();
    values.set('folder', field('path').value);
    values.set('include', field('include').value);
    box.querySelectorAll('[data-tick]').forEach(function (one) {
      values.append('seen', one.dataset.tick);
      if (one.checked) { values.append('tick', one.dataset.tick); }
    });
    send('/tasks/form/ticks', values).then(function (text) {
      var made = JSON.parse(text);
      field('include').value = made.include;
      field('include').dispatchEvent(new Event('change', { bubbles: true }));
      box.querySelector('[data-ticks-words]').textContent = made.words;
    });
  });

  // Which files pass, as long as somebody looks.
  var previews = 0;
  function preview() {
    var box = form.querySelector('[data-preview][open] .preview-box');
    if (!box) { return; }
    var number = ++previews;
    box.setAttribute('aria-busy', 'true');
    send('/tasks/form/preview', data()).then(function (html) {
      if (number === previews) { put(box, html); box.removeAttribute('aria-busy'); }
    }, trouble(box));
  }
  var previewLater = later(preview, 500);
  form.addEventListener('input', function (event) {
    if (['include', 'exclude', 'args'].indexOf(event.target.name) >= 0) { previewLater(); }
  });
  form.addEventListener('change', function (event) {
    if (['include', 'path', 'direction', 'attributes.bucket', 'attributes.folder'].indexOf(event.target.name) >= 0) { previewLater(); }
  });

  // What the schedule means.
  var schedule = form.querySelector('[data-schedule]');
  if (schedule) {
    var due = later(function () {
      send('/tasks/form/schedule', data()).then(function (html) {
        document.getElementById('due').outerHTML = html;
      }, function () { /* The old one stays. */ });
    }, 250);
    schedule.addEventListener('input', due);
    schedule.addEventListener('change', due);
  }

  // The week to paint on.
  var week = form.querySelector('[data-week]');
  if (week) {
    var from = null;
    var over = null;
    var limit = field('bwlimit');
    var hours = function () { return week.querySelectorAll('.hour'); };
    var at = function (button) {
      var parts = button.dataset.at.split('.');
      return { day: Number(parts[0]), hour: Number(parts[1]) };
    };
    var mark = function () {
      hours().forEach(function (one) {
        var inside = false;
        if (from && over) {
          var a = at(from), b = at(over), c = at(one);
          inside = c.day >= Math.min(a.day, b.day) && c.day <= Math.max(a.day, b.day) &&
            c.hour >= Math.min(a.hour, b.hour) && c.hour <= Math.max(a.hour, b.hour);
        }
        one.classList.toggle('marked', inside);
      });
    };
    var grid = function (values, focus) {
      send('/tasks/form/bandwidth', data(values)).then(function (html) {
        var box = document.createElement('div');
        box.innerHTML = html;
        var fresh = box.firstElementChild;
        var old = document.getElementById('week');
        if (fresh.querySelector('.week-grid') || !old.querySelector('.week-grid')) { old.replaceWith(fresh); } else {
          var words = old.querySelector('.wrong') || document.createElement('p');
          words.className = 'wrong';
          words.textContent = fresh.textContent.trim();
          old.prepend(words);
          return;
        }
        if (values.from && !fresh.querySelector('.wrong')) {
          limit.value = fresh.dataset.text;
          limit.dispatchEvent(new Event('input', { bubbles: true }));
          visited.add('bwlimit');
          check();
        }
        if (focus) {
          var again = fresh.querySelector('[data-at="' + focus + '"]');
          if (again) { rove(again); }
        }
      }, function (failure) { window.skyferry.say(failure.message, 'bad'); });
    };
    var rove = function (button) {
      hours().forEach(function (one) { one.tabIndex = one === button ? 0 : -1; });
      button.focus();
    };
    var paint = function (button) {
      var values = { from: from.dataset.at, to: button.dataset.at, paint: document.getElementById('brush').value };
      from = null;
      over = null;
      mark();
      grid(values, button.dataset.at);
    };
    week.addEventListener('pointerdown', function (event) {
      var button = event.target.closest('.hour');
      if (!button || event.button !== 0) { return; }
      event.preventDefault();
      if (button.hasPointerCapture && button.hasPointerCapture(event.pointerId)) { button.releasePointerCapture(event.pointerId); }
      from = button;
      over = button;
      mark();
    });
    week.addEventListener('pointermove', function (event) {
      if (!from || event.pointerType === 'touch' && event.buttons === 0) { return; }
      var seen = document.elementFromPoint(event.clientX, event.clientY);
      var button = seen && seen.closest('.hour');
      if (button && event.buttons && button !== over) { over = button; mark(); }
    });
    document.addEventListener('pointerup', function () {
      if (from && over) { paint(over); }
    });
    week.addEventListener('keydown', function (event) {
      var button = event.target.closest('.hour');
      if (!button) { return; }
      var here = at(button);
      var steps = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] };
      if (steps[event.key]) {
        event.preventDefault();
        var next = week.querySelector('[data-at="' + (here.day + steps[event.key][0]) + '.' + (here.hour + steps[event.key][1]) + '"]');
        if (next) {
          if (from) { over = next; mark(); }
          rove(next);
        }
      } else if (event.key === ' ' || event.key === 'Enter') {
        event.preventDefault();
        if (from) { paint(button); } else { from = button; over = button; mark(); }
      } else if (event.key === 'Escape' && from) {
        event.preventDefault();
        from = null;
        over = null;
        mark();
      }
    });
    week.addEventListener('click', function (event) {
      var brush = event.target.closest('[data-brush]');
      if (brush) { document.getElementById('brush').value = brush.dataset.brush; }
    });
    limit.addEventListener('change', function () { grid({}, ''); });
  }

  // A try of what stands in the form.
  form.addEventListener('click', function (event) {
    if (!event.target.closest('[data-dry-run]')) { return; }
    var dialog = document.getElementById('dry-run');
    var target = document.getElementById('dry-run-body');
    target.textContent = 'Asking…';
    dialog.showModal();
    send('/tasks/form/dry-run', data()).then(function (html) {
      put(target, html);
      window.skyferry.each('[data-renew]', target, window.skyferry.renew);
    }, trouble(target));
  });
})();
