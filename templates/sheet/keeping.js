// What is kept on the device while the sheet is filled in, and wiped from it.

const KEY = "sencli-sheet-";
const MINE = KEY + SHEET.sheet;

let keeps = true;        // whether the browser keeps what is typed
let unsaved = false;     // whether there is anything that is kept nowhere
let pending = 0;         // the timer until it is kept

function storage(work) {
  try {
    return work(window.localStorage);
  } catch (refused) {
    keeps = false;
    return null;
  }
}

// Answers to sheets that are not taken back any more stay on no device.
function clearExpired() {
  storage((store) => Object.keys(store).filter((key) => key.startsWith(KEY) && key !== MINE).forEach((key) => {
    try {
      if (JSON.parse(store.getItem(key)).expires < today()) store.removeItem(key);
    } catch (damaged) {
      store.removeItem(key);
    }
  }));
}

function keep() {
  clearTimeout(pending);
  pending = 0;
  if (byId("fill").hidden) return;
  const answers = collected();
  if (answers.length) {
    const kept = { answers, expires: SHEET.expires, given_by: valueOf("giver"), at: new Date().toString().slice(0, 21) };
    storage((store) => {
      store.setItem(MINE, JSON.stringify(kept));
      keeps = store.getItem(MINE) !== null;
    });
  } else {
    wipe();
  }
  unsaved = unsaved && !keeps && answers.length > 0;
  count();
  sayKept(answers.length);
}

function wipe() {
  storage((store) => store.removeItem(MINE));
}

function sayKept(count) {
  const time = new Date().toTimeString().slice(0, 5);
  const kept = byId("kept");
  if (!count) kept.textContent = "Nothing filled in yet.";
  else if (keeps) kept.textContent = `${plural(count, "answer")}, kept on this device at ${time}. Not signed off yet.`;
  else kept.textContent = `${plural(count, "answer")}, not kept on this device. Not signed off yet.`;
  byId("bar").className = keeps || !count ? "" : "warning";
  notKept();
}

function notKept() {
  byId("keeping-how").textContent = keeps
    ? "What you fill in is kept on this device until you sign it off, also when you close the page. On a shared "
      + "device, save it as a file and clear it here."
    : "This browser keeps nothing when you close the page. Save what you have as a file before you leave, and go on "
      + "with that file later.";
  const there = byId("not-kept");
  if (keeps) {
    if (there) there.remove();
  } else if (!there) {
    byId("notice").append(make("p", { id: "not-kept", class: "warning" },
      "This browser does not keep your answers: if you close the page they are gone. ",
      make("a", { href: "#keeping" }, "Save them as a file"), " before you leave."));
  }
}

function changed() {
  unsaved = true;
  clearTimeout(pending);
  pending = setTimeout(keep, 400);
}
