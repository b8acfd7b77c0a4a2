// The page: what is shown when, and the file that is saved.

const LARGEST = 1000000;
const PANELS = ["closed", "fill", "review", "done", "gone"];

let drawnOn = today();   // days that come later cannot be filled in yet
let signed = null;       // what was signed off: name of the file, and its text
const touched = new Set();

function tell(words) {
  byId("told").textContent = "";
  byId("told").textContent = words;
}

function show(panel) {
  PANELS.forEach((id) => { byId(id).hidden = id !== panel; });
  byId("bar").hidden = panel !== "fill";
  const title = byId(panel + "-title");
  if (title) {
    title.focus();
    window.scrollTo(0, 0);
  }
}

// --- the form ----------------------------------------------------------------

function drawGiver() {
  const place = byId("giver-place");
  place.textContent = "";
  const staff = SHEET.staff;
  const only = SHEET.giver || (staff.length === 1 ? staff[0].initials : "");
  const control = staff.length ? make("select", {}, option("", "Choose your name"),
    ...staff.map((one) => option(one.initials, `${one.name} (${one.initials})`))) : line({});
  control.id = "giver";
  control.value = only;
  place.append(make("p", { class: "fault", id: "giver-fault", hidden: true }), control);
}

function drawForm() {
  drawGiver();
  drawQuestions(byId("questions"));
  const parts = byId("parts");
  parts.textContent = "";
  document.querySelectorAll("#questions > section").forEach((part) => {
    parts.append(make("li", {}, make("a", { href: "#" + part.id }, part.querySelector("h2").textContent),
      make("span", { "data-count": part.id.slice(5) })));
  });
  parts.append(make("li", {}, make("a", { href: "#part-sign-off" }, "Sign off")));
  touched.clear();
  byId("faults").hidden = true;
  drawnOn = today();
  showNotes(document);
  changed();
}

// The page stays open on a tablet for days: each day more of them can be filled in.
function onNextDay() {
  if (byId("fill").hidden || drawnOn === today() || closed()) return;
  const [giver, answers] = [valueOf("giver"), collected()];
  drawForm();
  byId("giver").value = giver;
  putBack(answers);
  showNotes(document);
  changed();
}

function count() {
  document.querySelectorAll("[data-count]").forEach((place) => {
    const kind = place.getAttribute("data-count");
    const mine = SHEET.questions.filter((one) => one.kind === kind);
    const all = kind === "sessions" ? mine.reduce((sum, one) => sum + one.days.length, 0) : mine.length;
    const said = mine.reduce((sum, one) => sum + saidOf(one).length, 0);
    place.textContent = kind === "concern" ? ` ${said || "none"}` : ` ${said} of ${all}`;
  });
}

// Words are asked for where there is something to say; what was written is never hidden.
function showNotes(box) {
  box.querySelectorAll("[data-helped]").forEach((words) => {
    words.hidden = !words.querySelector("textarea").value && !chosen(words.getAttribute("data-helped"));
  });
  box.querySelectorAll("[data-note]").forEach((note) => {
    const answer = byId(note.getAttribute("data-note")).value;
    note.hidden = !note.value && (!answer || answer === "given");
    note.parentElement.classList.toggle("wide", !note.hidden);
  });
}

const giverFaults = () => (valueOf("giver") ? []
  : [{ id: "giver", whose: "Who is filling this in", words: "Choose your name." }]);

function allFaults() {
  const found = giverFaults();
  SHEET.questions.forEach((question) => found.push(...faultsOf(question)));
  if (!collected().length) found.push({ id: "giver", whose: "The sheet", words: "Nothing is filled in yet." });
  if (today() < SHEET.made) {
    found.push({ id: "giver", whose: "The clock of this device", words:
      `It says ${longDay(today())}, which is before the sheet was made (${longDay(SHEET.made)}). Put it right first.` });
  }
  return found;
}

// Beside their fields, all or those of the fields that were left once.
function showFaults(found, box, everywhere) {
  box.querySelectorAll(".fault").forEach((place) => {
    const id = place.id.slice(0, -6);
    const control = byId(id);
    const mine = found.filter((one) => one.id === id && (everywhere || touched.has(id)));
    place.textContent = mine.map((one) => one.words).join(" ");
    place.hidden = !mine.length;
    if (mine.length) {
      control.setAttribute("aria-invalid", "true");
      control.setAttribute("aria-describedby", place.id);
    } else {
      control.removeAttribute("aria-invalid");
      control.removeAttribute("aria-describedby");
    }
  });
}

function check(event) {
  event.preventDefault();
  keep();
  if (closed()) return;
  const found = allFaults();
  showFaults(found, byId("fill"), true);
  const box = byId("faults");
  box.hidden = !found.length;
  const list = box.querySelector("ul");
  list.textContent = "";
  if (found.length) {
    found.forEach((one) => {
      touched.add(one.id);
      const go = (event) => {
        event.preventDefault();
        byId(one.id).focus();
        byId(one.id).scrollIntoView({ block: "center" });
      };
      list.append(make("li", {}, make("a", { href: "#" + one.id, onclick: go }, `${one.whose}: ${one.words}`)));
    });
    box.focus();
    return;
  }
  review();
}

// --- signing off -------------------------------------------------------------

const giverWords = () => {
  const one = SHEET.staff.find((each) => each.initials === valueOf("giver"));
  return one ? `${one.name} (${one.initials})` : valueOf("giver");
};

function review() {
  byId("review-who").textContent = `Given by ${giverWords()} on ${longDay(today())}.`;
  byId("said").textContent = "";
  byId("said").append(...inWords());
  const fields = SHEET.questions.filter((one) => one.kind !== "concern");
  const empty = fields.filter((one) => !saidOf(one).length).length;
  byId("left-empty").textContent = empty ? `You left ${plural(empty, "question")} empty. That is fine.` : "";
  byId("saw").checked = false;
  byId("saw-fault").hidden = true;
  show("review");
}

// The answers as `sen take` reads them.
function fileOf(signedOff) {
  const found = {
    form: "sencli answers", version: 1, sheet: SHEET.sheet, seal: SHEET.seal, school: SHEET.school,
    given_by: valueOf("giver"), given_on: today(), signed_off: signedOff, answers: collected(),
  };
  found.digest = digestOf(found, "digest");
  const plain = (text) => text.toLowerCase().replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "");
  const parts = [signedOff ? "answers" : "unfinished", plain(SHEET.for), SHEET.sheet, plain(found.given_by)];
  // No blanks in front of the lines: in an e-mail they become others, which no JSON has
  const text = JSON.stringify(found, null, 1).replace(/^ +/gm, "") + "\n";
  return { name: parts.filter(Boolean).join("-") + ".json", text };
}

function sign() {
  const saw = byId("saw");
  byId("saw-fault").hidden = saw.checked;
  if (!saw.checked) {
    saw.setAttribute("aria-invalid", "true");
    saw.setAttribute("aria-describedby", "saw-fault");
    saw.focus();
    return;
  }
  saw.removeAttribute("aria-invalid");
  saw.removeAttribute("aria-describedby");
  if (closed()) return;
  signed = fileOf(true);
  if (new TextEncoder().encode(signed.text).length > LARGEST) {
    byId("saw-fault").textContent = "All this is more than one file can hold: make some of the texts shorter.";
    byId("saw-fault").hidden = false;
    signed = null;
    return;
  }
  unsaved = true;
  byId("text").value = signed.text;
  const went = download(signed);
  byId("as-text").open = !went;
  byId("done-what").textContent = went
    ? `Your answers are in the file ${signed.name}, among the downloads of this device. Look whether it is there.`
    : "This browser cannot save files. Copy the text below instead.";
  show("done");
}

function download(file) {
  if (!("download" in HTMLAnchorElement.prototype)) return false;
  try {
    const url = URL.createObjectURL(new Blob([file.text], { type: "application/json" }));
    const link = make("a", { href: url, download: file.name, hidden: true });
    document.body.append(link);
    link.click();
    link.remove();
    setTimeout(() => URL.revokeObjectURL(url), 60000);
    return true;
  } catch (refused) {
    return false;
  }
}

function copyText() {
  const text = byId("text");
  text.focus();
  text.select();
  text.setSelectionRange(0, text.value.length);
  let went = false;
  try {
    went = document.execCommand("copy");
  } catch (refused) {
    went = false;
  }
  byId("copied").textContent = went ? "Copied. Paste it into a document or your school e-mail for your SENCO."
    : "The text is marked: copy it with the keys or the menu of your device.";
}

function forget() {
  wipe();
  signed = null;
  unsaved = false;
  byId("text").value = "";
  byId("said").textContent = "";
  byId("pasted").value = "";
  byId("load").value = "";
  byId("loaded").textContent = "";
  drawForm();
  unsaved = false;
}

// --- going on with a file ----------------------------------------------------

function load(text) {
  const said = (words) => { byId("loaded").textContent = words; };
  let found = null;
  try {
    found = JSON.parse(text.slice(text.indexOf("{"), text.lastIndexOf("}") + 1) || text);
  } catch (damaged) {
    return said("That is not a file of answers: it cannot be read. Choose the file that this page saved.");
  }
  if (!found || found.form !== "sencli answers" || !Array.isArray(found.answers)) {
    return said("That is not a file of answers. Choose the file that this page saved.");
  }
  if (found.sheet !== SHEET.sheet || found.seal !== SHEET.seal) {
    return said("That file belongs to another sheet. Open the sheet that it was saved from.");
  }
  if (found.digest !== digestOf(found, "digest")) {
    return said("That file was changed after it was saved, or is not whole. Choose another copy of it.");
  }
  const before = collected().length;
  drawForm();
  if (typeof found.given_by === "string") byId("giver").value = found.given_by;
  const lost = putBack(found.answers);
  showNotes(document);
  changed();
  keep();
  byId("pasted").value = "";
  said(`${plural(found.answers.length, "answer")} brought back from the file.`
    + (before ? ` They take the place of the ${before} that stood here.` : "")
    + (lost ? ` ${lost} did not fit and were left aside.` : ""));
  return window.scrollTo(0, 0);
}

function loadFile() {
  const file = byId("load").files[0];
  if (!file) return;
  if (file.size > LARGEST) {
    byId("loaded").textContent = "That file is too large to be answers to a sheet.";
  } else {
    const reader = new FileReader();
    reader.onload = () => load(String(reader.result));
    reader.onerror = () => { byId("loaded").textContent = "That file cannot be read."; };
    reader.readAsText(file);
  }
  byId("load").value = "";
}

// --- the beginning -----------------------------------------------------------

// A sheet that was changed, or is too old, asks nothing.
function closed() {
  const expired = today() > SHEET.expires;
  const same = SHEET.seal === digestOf(SHEET, "seal");
  if (same && !expired) return false;
  byId("closed-title").textContent = same ? "This sheet has expired" : "This sheet was changed";
  byId("closed-why").textContent = same
    ? `It was taken back until ${longDay(SHEET.expires)}. Ask your SENCO for a new one.`
    : "It is not the one that your school made, or it is damaged. Ask your SENCO for it again.";
  const kept = byId("closed-kept");
  kept.textContent = "";
  const said = same ? inWords() : [];
  if (said.length) {
    kept.append(make("p", {}, "This is what you had filled in, to copy by hand or to print:"), ...said,
      make("div", { class: "buttons" }, make("button", { type: "button", onclick: () => {
        wipe();
        unsaved = false;
        kept.textContent = "";
      } }, "Clear my answers from this device")));
  }
  show("closed");
  return true;
}

function bringBack() {
  const kept = storage((store) => JSON.parse(store.getItem(MINE) || "null"));
  if (!kept || !Array.isArray(kept.answers)) return;
  if (kept.given_by) byId("giver").value = kept.given_by;
  putBack(kept.answers);
  showNotes(document);
  const whose = valueOf("giver") ? ` by ${giverWords()}` : "";
  byId("notice").append(make("p", {}, `Brought back: ${plural(kept.answers.length, "answer")} filled in${whose} on this `
    + `device, last on ${kept.at}. Not yours? `, make("a", { href: "#keeping" }, "Clear them"), "."));
}

function start() {
  byId("days").textContent = `${longDay(SHEET.from)} to ${longDay(SHEET.to)}. Give it back by ${longDay(SHEET.expires)}.`;
  storage((store) => {
    store.setItem(KEY + "try", "{}");
    store.removeItem(KEY + "try");
  });
  clearExpired();
  if (SHEET.seal !== digestOf(SHEET, "seal")) {
    closed();
    return;
  }
  drawForm();
  bringBack();
  show("fill");
  changed();
  keep();
  if (closed()) return;

  const form = byId("fill");
  const blurred = (event) => {
    if (!event.target.id) return;
    touched.add(event.target.name || event.target.id);
    changed();
    const box = event.target.closest("[data-asked]");
    if (!box) {
      showFaults(giverFaults(), byId("giver-place"), false);
      return;
    }
    showNotes(box);
    showFaults(faultsOf(SHEET.questions.find((one) => one.id === box.getAttribute("data-asked"))), box, false);
  };
  byId("questions").addEventListener("input", changed);
  byId("questions").addEventListener("change", blurred);
  byId("giver-place").addEventListener("change", blurred);
  form.addEventListener("submit", check);
  // Enter in a line goes on to nothing by mistake
  form.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.target.tagName === "INPUT") event.preventDefault();
  });
  const on = (id, work) => byId(id).addEventListener("click", work);
  on("save-draft", () => {
    keep();
    const file = fileOf(false);
    if (download(file)) {
      unsaved = false;
      byId("loaded").textContent = `Saved as ${file.name}, among the downloads of this device. It is not signed off yet.`;
    } else {
      byId("loaded").textContent = "This browser cannot save files.";
    }
  });
  byId("load").addEventListener("change", loadFile);
  on("load-pasted", () => load(byId("pasted").value));
  on("clear", () => {
    byId("clear-sure").hidden = false;
    byId("clear-no").focus();
  });
  on("clear-no", () => {
    byId("clear-sure").hidden = true;
    byId("clear").focus();
  });
  on("clear-yes", () => {
    byId("clear-sure").hidden = true;
    byId("notice").textContent = "";
    forget();
    show("gone");
  });
  on("back", () => { show("fill"); byId("part-sign-off").scrollIntoView(); });
  on("sign", sign);
  on("again", () => download(signed));
  on("change", () => {
    signed = null;
    show("fill");
    keep();
    byId("part-sign-off").scrollIntoView();
  });
  on("copy", copyText);
  on("confirm", () => { forget(); show("gone"); });
  on("anew", () => {
    byId("notice").textContent = "";
    notKept();
    show("fill");
    byId("giver").focus();
    window.scrollTo(0, 0);
  });
  window.addEventListener("beforeunload", (event) => {
    if (pending) keep();
    if (unsaved || signed) {
      event.preventDefault();
      event.returnValue = "";
    }
  });
  document.addEventListener("visibilitychange", () => {
    if (pending) keep();
    onNextDay();
  });
  // Signed off is done: on a shared device nothing stays.
  window.addEventListener("pagehide", () => {
    if (pending) keep();
    if (signed) wipe();
  });
  // The same sheet in another window: what was typed there last stands here too.
  window.addEventListener("storage", (event) => {
    if (event.key !== MINE || byId("fill").hidden) return;
    drawForm();
    clearTimeout(pending);
    byId("notice").textContent = "";
    bringBack();
    count();
  });
}

start();
