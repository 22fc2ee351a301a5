"use strict";
(function () {
  const data = JSON.parse(document.getElementById("data").textContent);
  const status = document.getElementById("status");
  const AT_ONCE = 20;
  const POINTS = /^[+\-−]?\d+([.,]\d+)?$/;
  const changes = new Map();
  const groups = [];
  let saved = true;

  // The words are the course's: see general.yaml.
  function say(key, values = {}) {
    let text = data.words[key];
    if (typeof text !== "string") {
      const fits = (form) => new RegExp(`^(?:${data.forms[form]})$`).test(String(values.count));
      text = text[Object.keys(text).find((form) => form !== "other" && fits(form)) || "other"];
    }
    return text.replace(/\{\{|\}\}|\{(\w+)\}/g, (all, name) => (name ? values[name] : all[0]));
  }

  const keyOf = (student, name) => `${student} ${name}`;
  for (const [student, name, points, comment] of data.adjusted) {
    changes.set(keyOf(student, name), { student, name, points, comment });
  }

  function make(tag, className, text) {
    const made = document.createElement(tag);
    if (className) made.className = className;
    if (text !== undefined) made.textContent = text;
    return made;
  }

  function field(kind, label, value) {
    const input = make("input", kind);
    input.type = "text";
    input.autocomplete = "off";
    input.setAttribute("aria-label", label);
    input.placeholder = say(`${kind}_hint`);
    input.value = value;
    return input;
  }

  function isValid(points, most) {
    if (points === "") return true;
    if (!POINTS.test(points)) return false;
    return /^[+\-−]/.test(points) || Number(points.replace(",", ".")) <= most;
  }

  function tell(text) {
    const all = say(saved ? "changes" : "changes_unsaved", { count: changes.size });
    status.textContent = text ? `${text} ${all}` : all;
  }

  function note(student, name, points, comment) {
    const key = keyOf(student, name);
    if (points === "" && comment === "") changes.delete(key);
    else changes.set(key, { student, name, points, comment });
    saved = false;
  }

  function drawStudent(group, member) {
    const [student, score, text, code] = member;
    const name = data.students[student][0];
    const known = changes.get(keyOf(student, group.name)) || { points: "", comment: "" };
    const article = make("article", "student");
    article.tabIndex = -1;
    const heading = make("h3");
    const link = make("a", "", name);
    link.href = data.students[student][2];
    heading.append(link, make("span", "count", say("points_of", { score, most: group.max })));
    const pair = make("div", "pair");
    pair.append(make("pre", "", data.texts[code] || say("unread")));
    const said = make("p");
    data.texts[text].split("`").forEach((part, k) => said.append(k % 2 ? make("code", "", part) : part));
    pair.append(said);
    const box = make("div", "box");
    const points = field("points", say("points_for", { name }), known.points);
    const comment = field("comment", say("comment_for", { name }), known.comment);
    const changed = () => {
      points.setAttribute("aria-invalid", String(!isValid(points.value.trim(), group.max)));
      note(student, group.name, points.value.trim(), comment.value.trim());
      tell();
    };
    points.addEventListener("input", changed);
    comment.addEventListener("input", changed);
    points.setAttribute("aria-invalid", String(!isValid(points.value, group.max)));
    box.append(points, comment);
    article.append(heading, pair, box);
    return article;
  }

  function drawMore(group) {
    const next = group.members.slice(group.drawn, group.drawn + AT_ONCE);
    group.drawn += next.length;
    group.more.before(...next.map((member) => drawStudent(group, member)));
    const left = group.members.length - group.drawn;
    group.more.hidden = left === 0;
    group.more.textContent = say("show_more", { count: Math.min(left, AT_ONCE), left });
  }

  function isWaiting(group) {
    return group.typed.some((text, k) => text !== group.given[k]);
  }

  function giveAll(group, points, comment) {
    const [given, said] = [points.value.trim(), comment.value.trim()];
    const valid = isValid(given, group.max);
    points.setAttribute("aria-invalid", String(!valid));
    if (!valid) return points.focus();
    let own = 0;
    for (const [student] of group.members) {
      const before = changes.get(keyOf(student, group.name));
      const last = group.given;
      const asGiven = before && before.points === last[0] && before.comment === last[1];
      if (before && !asGiven) own += 1;
      else note(student, group.name, given, said);
    }
    group.given = group.typed = [given, said];
    draw(group);
    const kept = own ? ` ${say("kept", { count: own })}` : "";
    tell(`${say("given", { count: group.members.length - own })}${kept}`);
    group.panel.querySelector("button").focus();
  }

  function draw(group) {
    group.panel.replaceChildren();
    const box = make("div", "box whole");
    const [given, said] = group.typed;
    const points = field("points", say("points_for_group", { title: group.title }), given);
    const comment = field("comment", say("comment_for_group", { title: group.title }), said);
    const button = make("button", "", say("give_all", { count: group.members.length }));
    button.type = "button";
    button.addEventListener("click", () => giveAll(group, points, comment));
    box.addEventListener("input", () => {
      group.typed = [points.value.trim(), comment.value.trim()];
      tell();
    });
    box.append(points, comment, button);
    group.more = make("button", "more");
    group.more.type = "button";
    group.more.addEventListener("click", () => drawMore(group));
    group.panel.append(box, group.more);
    group.drawn = 0;
    drawMore(group);
  }

  function outline() {
    const all = document.getElementById("functions");
    if (!data.functions.length) all.append(make("p", "", say("nobody")));
    for (const { name, max, groups: own } of data.functions) {
      const section = make("section");
      const heading = make("h2");
      heading.append(make("code", "", name));
      section.append(heading);
      for (const group of own) {
        Object.assign(group, { name, max, given: ["", ""], typed: ["", ""] });
        const details = make("details", `group ${group.kind}`);
        const summary = make("summary", "", group.title);
        const students = say("students", { count: group.members.length });
        summary.append(make("span", "count", ` ${students}`));
        group.panel = make("div");
        group.details = details;
        details.append(summary, group.panel);
        details.addEventListener("toggle", () => {
          if (details.open && !group.panel.firstChild) draw(group);
          if (!details.open) group.panel.replaceChildren();
        });
        groups.push(group);
        section.append(details);
      }
      all.append(section);
    }
  }

  // --- going on by keys

  function currentGroup() {
    return groups.findIndex((group) => group.details.contains(document.activeElement));
  }

  function goToGroup(step) {
    const from = currentGroup();
    const to = from < 0 ? (step > 0 ? 0 : -1) : from + step;
    if (!groups[to]) return;
    if (groups[from]) groups[from].details.open = false;
    const { details, panel } = groups[to];
    details.open = true;
    if (!panel.firstChild) draw(groups[to]);
    details.querySelector("summary").focus();
    details.scrollIntoView({ block: "start" });
  }

  function goToStudent(step, part) {
    const group = groups[currentGroup()];
    if (!group || !group.details.open) return;
    const shown = () => Array.from(group.panel.querySelectorAll(".student"));
    const at = shown().findIndex((article) => article.contains(document.activeElement));
    const to = at < 0 ? 0 : at + step;
    if (to >= group.drawn) drawMore(group);
    const article = shown()[to];
    if (article) (part ? article.querySelector(part) : article).focus();
  }

  const KEYS = {
    n: () => goToGroup(1),
    p: () => goToGroup(-1),
    j: () => goToStudent(1),
    k: () => goToStudent(-1),
    e: () => goToStudent(0, ".points"),
    g: () => {
      const group = groups[currentGroup()];
      if (group && group.details.open) group.panel.querySelector(".points").focus();
    },
  };

  document.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key === "s") {
      event.preventDefault();
      return save();
    }
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const inBox = event.target instanceof HTMLInputElement;
    const article = event.target.closest ? event.target.closest(".student") : null;
    if (inBox && event.key === "Escape") {
      return (article || groups[currentGroup()].details.querySelector("summary")).focus();
    }
    if (inBox && event.key === "Enter") {
      if (article) return goToStudent(1, ".points");
      return event.target.parentElement.querySelector("button").click();
    }
    if (inBox || !KEYS[event.key]) return;
    event.preventDefault();
    KEYS[event.key]();
  });

  // --- saving

  function save() {
    const most = Object.fromEntries(data.functions.map(({ name, max }) => [name, max]));
    const all = Array.from(changes.values());
    const wrong = all.find(({ points, name }) => !isValid(points, most[name] ?? Infinity));
    if (wrong) {
      const student = data.students[wrong.student][0];
      const values = { points: wrong.points, name: student, function: wrong.name };
      return tell(say("not_saved", values));
    }
    const waiting = groups.find(isWaiting);
    if (waiting) {
      const { title, name, members } = waiting;
      const button = say("give_all", { count: members.length });
      return tell(say("not_given", { title, function: name, button }));
    }
    all.sort((a, b) => a.student - b.student || (a.name < b.name ? -1 : 1));
    const cell = (text) => `"${text.replaceAll('"', '""')}"`;
    const lines = all.map(({ student, name, points, comment }) => {
      // A spreadsheet would make 2, which is set, of +2.
      const written = points === "" ? "'+0" : points.replace(/^\+/, "'+");
      return [data.students[student][1], name, written, comment].map(cell).join(",");
    });
    const text = ["student,function,points,comment", ...lines].join("\r\n") + "\r\n";
    const link = make("a");
    link.href = URL.createObjectURL(new Blob(["\ufeff", text], { type: "text/csv" }));
    link.download = "adjustments.csv";
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
    saved = true;
    tell(say("saved"));
  }

  document.getElementById("save").addEventListener("click", save);
  window.addEventListener("beforeunload", (event) => {
    if (!saved || groups.some(isWaiting)) event.preventDefault();
  });
  outline();
  tell();
})();
