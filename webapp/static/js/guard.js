// The personal-data guard: the rules of nlp/personal_data.py, read from its file, say while one writes what it will.
const OPENS = '~!:"-';
const LEFT = "_#%WXAOS"; // roles of words that a rule may set aside
const SIGNS = 3; // of each word, in the code that the rules on words read
const NEAR = 60;
const REPEATS = 20;

function fold(char) {
  const lower = char.normalize("NFD")[0].toLowerCase();
  return lower.length === 1 ? lower : char;
}

// A character outside the basic plane counts once, as in Python.
const exactly = (text) => Array.from(text, (char) => (char.length > 1 ? "\ufffd" : char)).join("");
const folded = (text) => Array.from(text, fold).join("");

// Where each group of a match stands: the rules hold no group whose text is elsewhere in the match before it.
const groups = ({ length, indices }) => indices.slice(length === 1 ? 0 : 1).filter(Boolean);

// Whether a number, in bare letters and figures, agrees with the key that it holds.
const CHECKS = {
  nir(number) {
    const digits = number.replace("2a", "19").replace("2b", "18");
    return digits.length === 15 && 97n - (BigInt(digits.slice(0, 13)) % 97n) === BigInt(digits.slice(13));
  },
  iban(number) {
    const digits = Array.from(number.slice(4) + number.slice(0, 4), (char) => parseInt(char, 36));
    return BigInt(digits.join("")) % 97n === 1n;
  },
};

// Each word is how many letters it shares with the one before, in base 36, and the others.
function words(coded) {
  const all = new Set();
  let word = "";
  for (const part of coded.match(/[0-9A-Z][^0-9A-Z]*/g)) {
    word = word.slice(0, parseInt(part[0], 36)) + part.slice(1);
    all.add(word);
  }
  return all;
}

const mapped = (table, act) => Object.fromEntries(Object.entries(table).map(([name, value]) => [name, act(value)]));

// A table of what stands for several keys, turned into a map from each key.
function inverted(table, parted) {
  return new Map(Object.entries(table).flatMap(([value, keys]) => keys.split(parted).map((key) => [key, value])));
}

function compiled(source) {
  const piece = /\{([a-z]+)\}/g;
  const regular = (pattern, flags = "") => {
    let whole = pattern;
    while (whole.search(piece) >= 0) whole = whole.replace(piece, (_, name) => source.pieces[name]);
    return new RegExp(whole, flags);
  };
  const lists = mapped(source.lists, words);
  const reading = mapped(source.reading, (pattern) => regular(pattern));
  const token = regular(source.reading.token, "g");
  const figures = new Map();
  for (const name of [...lists.public_names].sort().map((line) => line.match(token))) {
    figures.set(name[0], [...(figures.get(name[0]) ?? []), name]);
  }
  const labels = source.labels.map(({ role, pattern }) => ({ role, pattern: regular(pattern, "gd") }));
  const rules = source.rules.map((rule) => ({
    ...rule,
    pattern: regular(rule.pattern, "gd"),
    context: rule.context && regular(rule.context),
    before: rule.before && regular(`(?:${rule.before})$`),
    reject: rule.reject && regular(rule.reject),
    needs: rule.needs?.split(" "),
  }));
  const [signs, roles] = [inverted(source.signs, ""), inverted(source.roles, / +/)];
  return { lists, reading, token, figures, labels, rules, signs, roles };
}

function listed(word, { lists, reading }) {
  const surname = lists.surnames.has(word);
  if (lists.first_names.has(word)) {
    return ["ambiguous_first_names", "proper_nouns", "places"].some((name) => lists[name].has(word)) ? "2" : "1";
  }
  if (lists.proper_nouns.has(word)) return surname ? "4" : "9";
  const bare = word.length > 3 ? word.replace(reading.bare, "") : word;
  const ordinary = lists.ordinary_words.has(bare) || (word.length > 5 && reading.derived.test(word));
  if (surname) return ordinary || lists.places.has(word) ? "4" : "3";
  if (lists.places.has(word)) return "8";
  return ordinary ? "5" : "6";
}

function nature(word, read) {
  if (word.length === 1) return "7";
  const known = listed(word, read);
  if (known !== "6" || !word.includes("-")) return known;
  if (read.reading.place_part.test(word)) return "8";
  const parts = word.split("-").map((part) => listed(part, read));
  if ("12".includes(parts[0])) return parts.every((part) => "12".includes(part)) ? "1" : "3";
  if (parts.includes("3")) return "3";
  return parts.includes("5") ? "5" : "6";
}

function isShouted(text) {
  const letters = Array.from(text).filter((char) => char.toLowerCase() !== char.toUpperCase());
  const capitals = letters.filter((char) => char !== char.toLowerCase()).length;
  return letters.length >= 20 && capitals >= 0.6 * letters.length;
}

function shape(word, opens, shouted) {
  if (shouted || word[0] === word[0].toLowerCase()) return "x";
  if (word.length > 1 && word === word.toUpperCase()) return "a";
  return opens ? "i" : "c";
}

function code(written, word, read, seen) {
  if (/^[0-9]+$/.test(word)) return word.length === 5 ? "%0n" : "#0n";
  if (/^\P{L}$/u.test(written)) return `${read.signs.get(written) ?? "@"}0n`;
  return `${read.roles.get(word) ?? "_"}${nature(word, read)}${seen}`;
}

const give = (word, role) => (word.code = role + word.code.slice(1));

function wordsOf(text, plain, read) {
  const shouted = isShouted(text);
  const words = [];
  let opens = true;
  for (const match of text.matchAll(read.token)) {
    const [start, end] = [match.index, match.index + match[0].length];
    const word = plain.slice(start, end).replace(/[\u0300-\u036f]/g, "");
    words.push({ start, end, text: word, code: code(match[0], word, read, shape(match[0], opens, shouted)) });
    opens = OPENS.includes(words.at(-1).code[0]);
  }
  const places = new Map(words.map((word, place) => [word.start, place]));
  for (const { role, pattern } of read.labels) {
    for (const match of plain.matchAll(pattern)) {
      const [[start, end]] = groups(match);
      for (let place = places.get(start); words[place]?.start < end; place += 1) give(words[place], role);
    }
  }
  words.forEach((word, place) => {
    for (const name of read.figures.get(word.text) ?? []) {
      const found = words.slice(place, place + name.length);
      const whole = found.length === name.length && found.every((one, at) => one.text === name[at]);
      for (const one of whole ? found : []) one.code = `Z9${one.code[2]}`;
    }
  });
  return words;
}

class Reader {
  constructor(text, read) {
    this.exact = exactly(text);
    this.plain = folded(this.exact);
    this.words = wordsOf(this.exact, this.plain, read);
    this.found = [];
  }

  codes = () => this.words.map((word) => word.code).join("");

  apply(rule) {
    if (rule.needs && !this.found.some(({ kind }) => rule.needs.includes(kind))) return;
    for (let turn = rule.repeat ? REPEATS : 1; turn > 0; turn -= 1) {
      const spans = this.spans(rule);
      for (const [start, end] of spans) this.keep(start, end, rule.kind);
      if (!spans.length) return;
    }
  }

  spans(rule) {
    const said = { text: this.plain, exact: this.exact, words: this.codes() }[rule.on];
    const spans = [];
    for (const match of said.matchAll(rule.pattern)) {
      const found = groups(match);
      const from = rule.on === "words" ? match.index : found[0][0];
      if (rule.reject?.test(said.slice(from, match.index + match[0].length))) continue;
      for (const [start, end] of found) {
        const checked = start < end && this.checked(rule, start, end);
        if (checked) spans.push(checked);
      }
    }
    return spans;
  }

  checked(rule, start, end) {
    const word = (place) => this.words[Math.floor(place / SIGNS)];
    if (rule.on === "words") return [word(start).start, word(end - 1).end];
    const near = this.plain.slice(Math.max(0, start - NEAR), start);
    if (rule.before?.test(near)) return null;
    if (!rule.check || rule.context?.test(near)) return [start, end];
    return CHECKS[rule.check](this.plain.slice(start, end).replace(/[^0-9a-z]/g, "")) ? [start, end] : null;
  }

  keep(start, end, kind) {
    if (kind) this.found.push({ start, end, kind, rank: this.found.length });
    const role = { "": "Z", name: "Q" }[kind] ?? "V";
    for (const word of this.words) {
      const taken = word.start < end && word.end > start;
      if (taken && (kind || LEFT.includes(word.code[0]))) give(word, role);
    }
  }

  repeatNames() {
    const isName = ({ text, code: [role, kind] }) => role === "Q" && "1236".includes(kind) && text.length >= 4;
    const names = new Set(this.words.filter(isName).map((word) => word.text));
    for (const [place, word] of this.words.entries()) {
      if (!names.has(word.text) || "QVZ".includes(word.code[0]) || word.code[2] === "x") continue;
      // « L' » that stands before a word of a name is part of it.
      const elided = /P7[cia]'0n$/.test(this.codes().slice(0, SIGNS * place));
      this.keep(this.words[elided ? place - 2 : place].start, word.end, "name");
    }
  }

  merged() {
    const merged = [];
    for (const one of this.found.sort((a, b) => a.start - b.start || a.end - b.end || a.rank - b.rank)) {
      const last = merged.at(-1);
      const beside = last && one.kind === last.kind && !/[^ ]/.test(this.plain.slice(last.end, one.start));
      if (last && (one.start < last.end || beside)) {
        last.end = Math.max(last.end, one.end);
        if (one.rank < last.rank) Object.assign(last, { kind: one.kind, rank: one.rank });
      } else merged.push(one);
    }
    return merged.map(({ start, end, kind }) => ({ start, end, kind }));
  }
}

// Offsets count characters, as in Python, not the units of JavaScript.
export function guardOf(source) {
  const read = compiled(source);
  return (text) => {
    const reader = new Reader(text, read);
    for (const rule of read.rules) reader.apply(rule);
    reader.repeatNames();
    return reader.merged();
  };
}
