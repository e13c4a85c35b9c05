// The stream of what happens, for pages. As a shared worker it is one for all tabs: a browser opens six connections to
// a site and no more, and a stream holds one. Where there are no shared workers, each tab that is seen has its own.
(function () {
  'use strict';
  var AGAIN = 3000;
  var hearers = [];
  var going = {};
  var standing = null;
  var state = 'new';
  var source = null;

  function tell(message) {
    hearers.forEach(function (hear) { hear(message); });
  }

  function become(next) {
    state = next;
    tell({ kind: next });
  }

  function ended(run) {
    return run.state !== 'WAITING' && run.state !== 'RUNNING';
  }

  // The browser itself comes back after a broken connection, but not after a refusal.
  function refused(from) {
    setTimeout(function () {
      if (source !== from) { return; }
      fetch('/api/v1/session').then(function (answer) {
        if (source !== from) { return; }
        source = null;
        if (answer.status === 401) { become('ended'); } else { open(); }
      }, function () { refused(from); });
    }, AGAIN);
  }

  function open() {
    source = new EventSource('/api/v1/events?standing=true');
    source.onopen = function () {
      going = {};
      standing = null;
      become('open');
    };
    source.addEventListener('run', function (event) {
      var run = JSON.parse(event.data);
      if (ended(run)) { delete going[run.id]; } else { going[run.id] = run; }
      tell({ kind: 'run', run: run });
    });
    source.addEventListener('standing', function (event) {
      standing = JSON.parse(event.data);
      tell({ kind: 'standing', numbers: standing });
    });
    source.addEventListener('change', function (event) {
      tell({ kind: 'change', thing: JSON.parse(event.data).thing });
    });
    var mine = source;
    mine.onerror = function () {
      become('lost');
      if (mine.readyState === EventSource.CLOSED) { refused(mine); }
    };
  }

  // Whoever begins to hear is told how things stand.
  function add(hear) {
    hearers.push(hear);
    if (state === 'open' || state === 'lost') {
      hear({ kind: state });
      if (standing) { hear({ kind: 'standing', numbers: standing }); }
      Object.keys(going).forEach(function (id) { hear({ kind: 'run', run: going[id] }); });
    }
    if (!source) { open(); }
  }

  function remove(hear) {
    hearers = hearers.filter(function (one) { return one !== hear; });
    if (hearers.length === 0 && source) {
      source.close();
      source = null;
      going = {};
      standing = null;
      state = 'new';
    }
  }

  if (typeof SharedWorkerGlobalScope !== 'undefined') {
    self.onconnect = function (event) {
      var port = event.ports[0];
      var hear = function (message) { port.postMessage(message); };
      port.onmessage = function (message) {
        remove(hear);
        if (message.data === 'here') { add(hear); }
      };
    };
  } else {
    window.skyferryEvents = { add: add, remove: remove };
    document.body.dispatchEvent(new CustomEvent('events-there'));
  }
})();
