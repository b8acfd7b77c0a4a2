// The questions as fields, what is in the fields as answers, and what is wrong with them.
// Every name and text of the sheet goes in as text, never as HTML.

const DAYS = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];
const MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September",
  "October", "November", "December"];
const LONGEST = { note: 2000, text: 2000, value: 2000, name: 100 };
const MOST_WORRIES = 50;
const OTHER = "other";
const TITLES = {
  sessions: ["Sessions", "For each day: given, or why not. Leave empty what you cannot say."],
  measure: ["Measures", "Where the pupil is now. Leave empty what you did not measure."],
  helped: ["What helped", "What you saw, for the next review. The family may read it."],
  views: ["Views", "In your words, and in the pupil’s."],
  concern: ["Concerns", "About any pupil, also one who is not on this sheet. If a child may not be safe, do not write it here: "
    + "tell the designated safeguarding lead at once."],
};
// As sencli/core/cycle/scales.py reads them.
const NUMBER = "([+-]?\\d+(?:\\.\\d+)?)";
const SCALES = {
  number: [[new RegExp(`^${NUMBER}\\s*%?$`)], "Type a number, such as 37."],
  age: [
    [/^\d{1,2}\s*:\s*(?:0?\d|1[01])$/, /^\d{1,2}\s*(?:years?|yrs?|y)(?:[\s,]*(?:and\s+)?(?:0?\d|1[01])\s*(?:months?|mths?|m))?$/i],
    "Type years and months with a colon, such as 6:04.",
  ],
  score: [
    [
      new RegExp(`^${NUMBER}\\s*%?$`),
      new RegExp(`^${NUMBER}\\s*(?:±|\\+/-)\\s*${NUMBER}$`),
      new RegExp(`^${NUMBER}\\s*[\\s([,:]\\s*${NUMBER}\\s*(?:-|to|,|–)\\s*${NUMBER}\\s*[)\\]]?$`),
    ],
    "Type the score, with its range if you know it, such as 94 (88-100).",
  ],
};

// What is wrong with a value on a scale, or "".
function valueFault(scale, typed) {
  if (!SCALES[scale]) return "";
  const [forms, words] = SCALES[scale];
  const found = forms.map((form) => typed.replace(/\s+/g, " ").match(form)).find(Boolean);
  if (!found) return words;
  if (found.slice(1).some((number) => (number || "").replace(/\D/g, "").length > 15)) return "Type a shorter number.";
  const [value, low, high] = found.slice(1).map(Number);
  if (high !== undefined && !(low <= value && value <= high)) return "The score lies outside its range.";
  return "";
}

const byId = (id) => document.getElementById(id);
const SHEET = JSON.parse(byId("sheet").textContent);
const today = () => {
  const now = new Date();
  return [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((n) => String(n).padStart(2, "0")).join("-");
};
const dateOf = (day) => new Date(...day.split("-").map((part, i) => Number(part) - (i === 1 ? 1 : 0)));
const shortDay = (day) => {
  const date = dateOf(day);
  return `${DAYS[date.getDay()].slice(0, 3)} ${date.getDate()} ${MONTHS[date.getMonth()].slice(0, 3)}`;
};
const longDay = (day) => {
  const date = dateOf(day);
  return `${DAYS[date.getDay()]} ${date.getDate()} ${MONTHS[date.getMonth()]} ${date.getFullYear()}`;
};
const plural = (count, word) => `${count} ${word}${count === 1 ? "" : "s"}`;
const nameOf = (pupil) => (SHEET.pupils.find((one) => one.id === pupil) || { name: "" }).name;
const wordsOf = (question, value) => (question.choices.find((one) => one.value === value) || { words: value }).words;

// A text as it is kept: no half letters, no control characters, no blanks around it.
const clean = (text) => String(text).replace(/[\uD800-\uDFFF]/gu, "\uFFFD").replace(/\r\n?|[\v\f\u0085]/g, "\n")
  .replace(/[\u0000-\u0008\u000E-\u001F\u007F-\u009F]/g, "").trim();

function make(tag, attributes, ...children) {
  const node = document.createElement(tag);
  Object.keys(attributes || {}).forEach((name) => {
    const value = attributes[name];
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (value === true) node.setAttribute(name, "");
    else if (value !== false && value !== undefined) node.setAttribute(name, value);
  });
  node.append(...children);
  return node;
}

const named = (pupil) => make("bdi", {}, nameOf(pupil));
const fieldId = (...parts) => "f-" + parts.join("-");

// A field with its label, and a place for what is wrong with it.
function field(id, label, control) {
  control.id = id;
  const fault = make("p", { class: "fault", id: id + "-fault", hidden: true });
  return make("div", { class: "field" }, make("label", { for: id }, label), fault, control);
}

const option = (value, words, more) => make("option", Object.assign({ value }, more), words);
const area = () => make("textarea", { rows: 3, dir: "auto" });
const line = (more) => make("input", Object.assign({ type: "text", autocomplete: "off", dir: "auto" }, more));

// Days that have not come yet cannot be chosen.
const dayOptions = (question) => question.days.filter((day) => day <= today()).map((day) => option(day, shortDay(day)));

function drawQuestions(place) {
  place.textContent = "";
  Object.keys(TITLES).forEach((kind) => {
    const mine = SHEET.questions.filter((one) => one.kind === kind);
    if (!mine.length) return;
    const [title, hint] = TITLES[kind];
    const part = make("section", { id: "part-" + kind }, make("h2", {}, title), make("p", { class: "hint" }, hint));
    if (kind === "sessions") drawSessions(part, mine);
    else mine.forEach((question) => part.append(...DRAWN[kind](question)));
    place.append(part);
  });
}

function drawSessions(part, questions) {
  const supports = Array.from(new Set(questions.map((one) => one.about)));
  supports.forEach((about) => {
    const mine = questions.filter((one) => one.about === about);
    part.append(make("h3", {}, make("bdi", {}, about)));
    if (mine.length > 1) {
      part.append(make("button", { type: "button", onclick: () => allGiven(mine) }, "Everyone: all given"));
    }
    mine.forEach((question) => {
      const all = make("button", { type: "button", onclick: () => allGiven([question]) }, "All given ");
      all.append(make("span", { class: "unseen" }, nameOf(question.pupil)));
      const days = question.days.map((day) => {
        const id = fieldId(question.id, day);
        const late = day > today();
        const first = option("", late ? "not yet" : "–", late ? {} : { label: "–" });
        const select = make("select", { disabled: late, "data-question": question.id, "data-day": day }, first);
        select.append(...question.choices.map((one) => option(one.value, one.words)));
        const box = field(id, shortDay(day), select);
        box.classList.add("day-" + dateOf(day).getDay());
        const note = line({ "data-note": id, hidden: true, placeholder: "Note", "aria-label": `Note for ${longDay(day)}` });
        note.id = id + "-note";
        box.append(note);
        return box;
      });
      part.append(make("fieldset", { class: "sessions", "data-asked": question.id }, make("legend", {}, named(question.pupil)), ...(question.days[0] <= today() ? [all] : []),
        make("div", { class: "days" }, ...days)));
    });
  });
}

// Sets the days that are empty; what was said of a day stays.
function allGiven(questions) {
  const empty = questions.flatMap((one) => one.days.map((day) => byId(fieldId(one.id, day))))
    .filter((select) => !select.disabled && !select.value);
  empty.forEach((select) => { select.value = "given"; });
  showNotes(document);
  tell(empty.length ? `${plural(empty.length, "day")} set to given. Now change those that were not.`
    : "Every day has an answer already.");
  changed();
}

const DRAWN = {
  measure(question) {
    const id = fieldId(question.id);
    const days = dayOptions(question);
    const legend = make("legend", {}, named(question.pupil), ": ", make("bdi", {}, question.about));
    if (!days.length) return [make("fieldset", {}, legend, make("p", { class: "hint" }, "None of its days has come yet."))];
    const value = question.choices.length ? make("select", {}, option("", "–"),
      ...question.choices.map((one) => option(one.value, one.words)))
      : line({ inputmode: question.scale === "number" ? "decimal" : false });
    const like = { age: ", such as 6:04", score: ", such as 94 (88-100)" }[question.scale] || "";
    const unit = question.unit ? ` (${question.unit})` : "";
    const day = make("select", {}, ...days);
    day.value = question.days.filter((one) => one <= today()).pop();
    return [make("fieldset", { "data-asked": question.id }, legend, make("div", { class: "row" },
      field(id, `Now${unit}${like}`, value), field(id + "-day", "On", day), field(id + "-note", "Note, if any", line())))];
  },

  helped(question) {
    const id = fieldId(question.id);
    const choices = [{ value: "", words: "no answer" }].concat(question.choices).map((one, at) => make("label", { class: "tick" },
      make("input", { type: "radio", name: id, value: one.value, id: at ? `${id}-${one.value}` : id, checked: !at }),
      make("span", {}, one.words)));
    const words = field(id + "-text", "What did you see, if you like to say?", area());
    words.setAttribute("data-helped", id);
    return [make("fieldset", { "data-asked": question.id },
      make("legend", {}, named(question.pupil), ": ", make("bdi", {}, question.about)),
      make("div", { class: "choices" }, ...choices),
      make("p", { class: "fault", id: id + "-fault", hidden: true }), words)];
  },

  views(question) {
    const label = make("span", {}, named(question.pupil), ": ", make("bdi", {}, question.about));
    const box = field(fieldId(question.id), label, area());
    box.setAttribute("data-asked", question.id);
    return [box];
  },

  concern(question) {
    const add = make("button", { type: "button", onclick: () => {
      if (byId("worries").children.length === MOST_WORRIES) {
        tell("One file holds no more concerns than these. Sign it off, and begin again.");
        return;
      }
      drawWorry(byId("worries"), {}).querySelector("select").focus();
      changed();
    } }, "Write down a concern");
    return [make("p", {}, question.about), make("div", { id: "worries", "data-asked": question.id }), add];
  },
};

let worries = 0;

function drawWorry(place, kept) {
  worries += 1;
  const id = fieldId("worry", worries);
  const whom = make("select", {}, option("", "Choose"), ...SHEET.pupils.map((one) => option(one.id, one.name)),
    option(OTHER, "Another pupil"));
  const name = line({});
  const words = area();
  const nameField = field(id + "-name", "First and last name, as the school writes it", name);
  const remove = make("button", { type: "button", onclick: () => {
    box.remove();
    byId("worries").parentElement.querySelector(":scope > button").focus();
    changed();
  } }, "Take this one out");
  const box = make("fieldset", { "data-worry": id }, make("legend", {}, "A concern"),
    field(id, "About whom?", whom), nameField, field(id + "-text", "What do you see, since when, and where?", words), remove);
  whom.value = kept.name ? OTHER : kept.pupil || "";
  name.value = kept.name || "";
  words.value = kept.text || "";
  const show = () => { nameField.hidden = whom.value !== OTHER; };
  whom.addEventListener("change", show);
  show();
  place.append(box);
  return box;
}

const valueOf = (id) => (byId(id) ? clean(byId(id).value) : "");
const chosen = (id) => (document.querySelector(`input[name="${id}"]:checked`) || { value: "" }).value;

// What has been said of one question, with the id of the field where each begins.
function saidOf(question) {
  const id = fieldId(question.id);
  if (question.kind === "sessions") {
    return question.days.map((day) => [fieldId(question.id, day), {
      question: question.id, day, answer: valueOf(fieldId(question.id, day)), note: valueOf(fieldId(question.id, day, "note")),
    }]).filter(([, one]) => one.answer || one.note);
  }
  if (question.kind === "measure") {
    const one = { question: question.id, day: valueOf(id + "-day"), value: valueOf(id), note: valueOf(id + "-note") };
    return one.value || one.note ? [[id, one]] : [];
  }
  if (question.kind === "helped") {
    const one = { question: question.id, answer: chosen(id), text: valueOf(id + "-text") };
    return one.answer || one.text ? [[id, one]] : [];
  }
  if (question.kind === "views") {
    const text = valueOf(id);
    return text ? [[id, { question: question.id, text }]] : [];
  }
  return Array.from(document.querySelectorAll("[data-worry]")).map((box) => {
    const worry = box.getAttribute("data-worry");
    const whom = valueOf(worry);
    return [worry, {
      question: question.id, pupil: whom === OTHER ? "" : whom, name: whom === OTHER ? valueOf(worry + "-name") : "",
      text: valueOf(worry + "-text"), other: whom === OTHER,
    }];
  });
}

// All answers as they go into the file: what is empty is left out.
function collected() {
  return SHEET.questions.flatMap(saidOf).map(([, one]) => {
    const kept = {};
    Object.keys(one).forEach((name) => { if (one[name] && name !== "other") kept[name] = one[name]; });
    return kept;
  });
}

// Puts answers into the fields; what fits no field is left aside, and counted.
function putBack(answers) {
  let lost = 0;
  const put = (id, value) => {
    const control = byId(id);
    if (!value || !control) { lost += value ? 1 : 0; return; }
    control.value = value;
    if (control.value !== value && control.tagName === "SELECT") lost += 1;
  };
  const text = (one, name) => (typeof one[name] === "string" ? one[name] : "");
  answers.forEach((one) => {
    const question = one && SHEET.questions.find((asked) => asked.id === one.question);
    if (!question) { lost += 1; return; }
    const id = fieldId(question.id);
    if (question.kind === "sessions") {
      put(fieldId(question.id, text(one, "day")), text(one, "answer"));
      put(fieldId(question.id, text(one, "day"), "note"), text(one, "note"));
    } else if (question.kind === "measure") {
      put(id, text(one, "value"));
      put(id + "-day", text(one, "day"));
      put(id + "-note", text(one, "note"));
    } else if (question.kind === "helped") {
      const radio = byId(`${id}-${text(one, "answer")}`);
      if (radio && radio.type === "radio") radio.checked = true;
      put(id + "-text", text(one, "text"));
    } else if (question.kind === "views") {
      put(id, text(one, "text"));
    } else {
      drawWorry(byId("worries"), { pupil: text(one, "pupil"), name: text(one, "name"), text: text(one, "text") });
    }
  });
  return lost;
}

// What is wrong: the field, whose it is, and what to do.
function faultsOf(question) {
  const found = [];
  const whose = question.pupil ? `${nameOf(question.pupil)}, ${question.about}` : "A concern";
  saidOf(question).forEach(([id, one]) => {
    const say = (at, words) => found.push({ id: at, whose, words });
    [["note", "-note"], ["text", question.kind === "views" ? "" : "-text"], ["name", "-name"], ["value", ""]].forEach(([name, at]) => {
      const over = Array.from(one[name] || "").length - LONGEST[name];
      if (over > 0) say(id + (question.kind === "sessions" ? "" : at), `Make the text shorter by ${plural(over, "letter")}.`);
    });
    if (one.day && one.day > today()) say(id, `${longDay(one.day)} has not come yet.`);
    if (question.kind === "sessions" && !one.answer) say(id, `Say what happened on ${longDay(one.day)}, or empty the note.`);
    if (question.kind === "measure" && !one.value) say(id, "Say the value too, or empty the note.");
    const wrong = question.kind === "measure" && one.value && valueFault(question.scale, one.value);
    if (wrong) say(id, wrong);
    if (question.kind === "helped" && !one.answer) say(id, "Choose whether it helped, or empty what you wrote.");
    if (question.kind === "concern") {
      if (!one.pupil && !one.other) say(id, "Choose the pupil.");
      if (one.other && !one.name) say(id + "-name", "Write the pupil’s first and last name.");
      if (!one.text) say(id + "-text", "Write what you see, or take this one out.");
    }
  });
  return found;
}

// What was said, in words: a list for each pupil.
function inWords() {
  const lists = new Map();
  const add = (pupil, name, ...parts) => {
    const key = pupil || name;
    if (!lists.has(key)) lists.set(key, [pupil ? nameOf(pupil) : name, make("ul", {})]);
    lists.get(key)[1].append(make("li", {}, ...parts));
  };
  const quoted = (text) => make("q", { dir: "auto" }, text);
  SHEET.questions.forEach((question) => {
    const said = saidOf(question).map(([, one]) => one);
    const about = make("strong", {}, make("bdi", {}, question.about));
    if (question.kind === "sessions") {
      const lines = new Map();
      said.forEach((one) => {
        const key = JSON.stringify([one.answer, one.note]);
        if (!lines.has(key)) lines.set(key, [one, []]);
        lines.get(key)[1].push(shortDay(one.day));
      });
      const parts = Array.from(lines.values()).map(([one, days]) => make("li", {},
        `${wordsOf(question, one.answer)} on ${days.join(", ")}`, ...(one.note ? [": ", quoted(one.note)] : [])));
      if (parts.length) add(question.pupil, "", about, make("ul", {}, ...parts));
    }
    said.forEach((one) => {
      const tail = one.note || one.text ? [": ", quoted(one.note || one.text)] : [];
      if (question.kind === "measure") add(question.pupil, "", about, `: ${one.value} on ${shortDay(one.day)}`, ...tail);
      if (question.kind === "helped") add(question.pupil, "", about, " ", wordsOf(question, one.answer), ...tail);
      if (question.kind === "views") add(question.pupil, "", about, " ", quoted(one.text));
      if (question.kind === "concern") add(one.pupil, one.name, make("strong", {}, "A concern"), ...tail);
    });
  });
  return Array.from(lists.values()).flatMap(([name, list]) => [make("h3", {}, make("bdi", {}, name)), list]);
}
