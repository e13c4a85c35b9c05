// Charts of throughput and the log of a run.
(function () {
  'use strict';
  var body = document.body;

  function bytes(value) {
    var units = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];
    var unit = 0;
    while (value >= 1024 && unit < units.length - 1) { value /= 1024; unit++; }
    return (unit === 0 || value >= 100 || value === Math.round(value) ? Math.round(value) : value.toFixed(1)) + ' ' + units[unit] + '/s';
  }

  function colour(name) { return getComputedStyle(document.documentElement).getPropertyValue(name).trim(); }

  function two(number) { return (number < 10 ? '0' : '') + number; }

  // Moments as the service's clocks show them, as everywhere else; the browser's own where it does not know that zone.
  function clockOf(zone) {
    try {
      uPlot.tzDate(new Date(), zone);
    } catch (unknown) {
      return function (seconds) { return new Date(seconds * 1000); };
    }
    return function (seconds) { return uPlot.tzDate(new Date(seconds * 1000), zone); };
  }

  // The times of an axis, by 24 hours; the day where a step is one.
  function times(there) {
    return function (plot, splits, axis, space, step) {
      return splits.map(function (seconds) {
        var at = there(seconds);
        if (step >= 86400) { return two(at.getMonth() + 1) + '-' + two(at.getDate()); }
        return two(at.getHours()) + ':' + two(at.getMinutes()) + (step < 60 ? ':' + two(at.getSeconds()) : '');
      });
    };
  }

  // At most once in a while, and always once more after the last time that it was asked for.
  function calmly(doing, pause) {
    var last = 0;
    var timer = 0;
    return function () {
      if (timer) { return; }
      timer = setTimeout(function () {
        timer = 0;
        last = Date.now();
        doing();
      }, Math.max(100, last + pause - Date.now()));
    };
  }

  // Steps of an axis of rates: powers of two, so that each is a round number of its unit.
  var steps = [];
  for (var step = 1; step <= 1099511627776; step *= 2) { steps.push(step); }

  function draw(box, data) {
    if (box.plot) { box.plot.destroy(); }
    var line = colour('--accent');
    var axis = { stroke: colour('--soft'), grid: { stroke: colour('--line'), width: 1 }, ticks: { stroke: colour('--line'), width: 1 } };
    var there = clockOf(box.dataset.zone);
    box.plot = new uPlot({
      tzDate: there,
      width: box.clientWidth, height: 200, cursor: { y: false }, legend: { show: false },
      series: [{}, { stroke: line, width: 2, fill: line + '22', points: { show: false } }],
      scales: { y: { range: function (u, min, max) { return [0, Math.max(1024, max * 1.1)]; } } },
      axes: [Object.assign({ values: times(there) }, axis), Object.assign({ size: 86, incrs: steps, values: function (u, all) { return all.map(bytes); } }, axis)]
    }, [data.times, data.speeds], box);
    box.data = data;
  }

  Array.prototype.forEach.call(document.querySelectorAll('[data-chart]'), function (box) {
    function load() {
      fetch(box.dataset.chart, { headers: { 'HX-Request': 'true' } })
        .then(function (answer) { return answer.ok ? answer.json() : null; })
        .then(function (data) { if (data && data.times) { draw(box, data); } }, function () {});
    }
    load();
    window.addEventListener('resize', function () {
      if (box.plot) { box.plot.setSize({ width: box.clientWidth, height: 200 }); }
    });
    body.addEventListener('themechange', function () { if (box.data) { draw(box, box.data); } });
    body.addEventListener('healed', load);
    var later = calmly(load, box.dataset.run ? 2000 : 15000);
    body.addEventListener('run', function (event) {
      if (!box.dataset.run || box.dataset.run === String(event.detail.id)) { later(); }
    });
  });

  // A choice that shows at once what it means.
  Array.prototype.forEach.call(document.querySelectorAll('[data-submit]'), function (field) {
    field.addEventListener('change', function () { field.form.requestSubmit(); });
  });

  var log = document.getElementById('log');
  if (log) {
    var run = log.dataset.log;
    var all = '';
    var next = 0;
    var loading = false;
    var again = false;
    var search = document.getElementById('log-search');
    var follow = document.getElementById('log-follow');
    var show = function () {
      var wanted = search.value.toLowerCase();
      var lines = all.split('\n');
      if (wanted) { lines = lines.filter(function (line) { return line.toLowerCase().indexOf(wanted) >= 0; }); }
      // A log of a million lines is for the download; its end is for the eye.
      log.textContent = lines.slice(-5000).join('\n').replace(/[\u0000-\u0008\u000b-\u001f\u007f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, '\ufffd');
      if (follow.checked) { log.scrollTop = log.scrollHeight; }
    };
    var load = function () {
      if (loading) {
        again = true;
        return;
      }
      loading = true;
      again = false;
      fetch('/api/v1/runs/' + run + '/log?from=' + next).then(function (answer) { return answer.json(); }).then(function (piece) {
        loading = false;
        if (piece.text) {
          all += piece.text;
          if (all.length > 4000000) { all = all.slice(-3000000); }
          next = piece.next;
          show();
          if (next < piece.size) { again = true; }
        }
        if (again) { load(); }
      }, function () { loading = false; });
    };
    load();
    search.addEventListener('input', show);
    var later = calmly(load, 1000);
    body.addEventListener('run', function (event) { if (run === String(event.detail.id)) { later(); } });
    body.addEventListener('healed', later);
  }
})();
