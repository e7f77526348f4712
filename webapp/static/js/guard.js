// The personal-data guard: the same rules as nlp/personal_data.py, read from the same file
// (nlp/data/personal), so that what is said while one writes is what the server will say.
const SIGNS = new Map([
  [",", ","], [";", ";"], ["\n", "~"], [".", "!"], ["!", "!"], ["?", "!"], ["…", "!"], [":", ":"], ["(", "<"],
  [")", ">"], ["'", "'"], ["’", "'"], ["-", "-"], ["–", "-"], ["—", "-"], ["/", "/"], ['"', '"'], ["«", '"'],
  ["»", '"'], ["“", '"'], ["”", '"'],
]);
const OPENS = '~!:"-';
const IBANS = {
  be: 16, nl: 18, lu: 20, ch: 21, de: 22, gb: 22, ie: 22, es: 24, ro: 24, tn: 24, pt: 25, fr: 27, it: 27, mc: 27,
  pl: 28, ma: 28,
};
const NEAR = 60;
const REPEATS = 20;

function fold(char) {
  const lower = char.normalize("NFD")[0].toLowerCase();
  return lower.length === 1 ? lower : char;
}

// A character outside the basic plane counts once, as in Python.
const exactly = (text) => Array.from(text, (char) => (char.length > 1 ? "\ufffd" : char)).join("");
const folded = (text) => Array.from(text, fold).join("");
const every = (pattern, text) => text.matchAll(new RegExp(pattern, "g"));

// Where each group of a match stands: the rules hold no group whose text is elsewhere in the match before it.
function groups(match) {
  if (match.length === 1) return [[match.index, match.index + match[0].length]];
  return match.indices.slice(1).filter(Boolean);
}

const bareOf = (text) => text.replace(/[^\p{L}\p{N}]/gu, "");

function modulo(digits) {
  let rest = 0;
  for (const digit of digits) rest = (rest * 10 + Number(digit)) % 97;
  return rest;
}

const CHECKS = {
  nir(number, told) {
    const bare = bareOf(number);
    const digits = bare.replace("2a", "19").replace("2b", "18");
    const month = Number(digits.slice(3, 5));
    const dated = (month >= 1 && month <= 12) || month >= 20;
    const keyed = digits.length === 15 && 97 - modulo(digits.slice(0, 13)) === Number(digits.slice(13));
    return keyed || told || (number.length > bare.length + 3 && dated) ? number.length : 0;
  },
  iban(number, told) {
    const wanted = IBANS[number.slice(0, 2)];
    let length = number.length;
    let left = wanted ?? 0;
    for (let at = 0; wanted && at < number.length; at += 1) {
      left -= bareOf(number[at]).length;
      if (left === 0) {
        length = at + 1;
        break;
      }
    }
    const bare = bareOf(number.slice(0, length));
    if (wanted && bare.length === wanted && told) return length;
    const turned = Array.from(bare.slice(4) + bare.slice(0, 4), (char) => parseInt(char, 36)).join("");
    return modulo(turned) === 1 && (!wanted || bare.length === wanted) ? length : 0;
  },
  identifier(passage) {
    const runs = passage.match(/[0-9]+/g) ?? [];
    const digits = runs.join("");
    const isYear = (run) => /^(19|20)[0-9]{2}$/.test(run);
    const year = isYear(digits);
    const short = digits.length === 4 && /^(caf|msa|cpam|la caf)/.test(passage);
    const dated = runs.length === 3 && runs[0].length <= 2 && runs[1].length <= 2;
    const pair = runs.length === 2 && (runs.every((run) => run.length <= 2) || runs.every(isYear));
    const thousands = runs.length > 1 && runs[0].length <= 3 && runs.slice(1).every((run) => run === "000");
    return digits.length >= 4 && !(year || short || dated || pair || thousands) ? passage.length : 0;
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

function compiled(source) {
  const piece = /\{([a-z]+)\}/g;
  const regular = (pattern, flags = "") => {
    let whole = pattern;
    while (whole.search(piece) >= 0) whole = whole.replace(piece, (_, name) => source.pieces[name]);
    return new RegExp(whole, flags);
  };
  const lists = Object.fromEntries(Object.entries(source.lists).map(([name, coded]) => [name, words(coded)]));
  const reading = Object.fromEntries(Object.entries(source.reading).map(([name, pattern]) => [name, regular(pattern)]));
  const roles = new Map();
  for (const [role, held] of Object.entries(source.roles)) for (const word of held.trim().split(/ +/)) roles.set(word, role);
  const read = { lists, reading, roles, public: new Map() };
  read.labels = source.labels.map(({ role, pattern }) => ({ role, pattern: regular(pattern, "d") }));
  read.rules = source.rules.map((rule) => ({
    ...rule,
    pattern: regular(rule.pattern, "d"),
    context: rule.context && regular(rule.context),
    before: rule.before && regular(`(?:${rule.before})$`),
    reject: rule.reject && regular(rule.reject),
    needs: rule.needs?.split(" "),
  }));
  for (const line of [...lists.public_names].sort()) {
    const name = Array.from(every(reading.token, line), (match) => match[0]);
    read.public.set(name[0], [...(read.public.get(name[0]) ?? []), name]);
  }
  return read;
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
  if (written.length === 1 && written.toLowerCase() === written.toUpperCase() && !/\p{L}/u.test(written)) {
    return `${SIGNS.get(written) ?? "@"}0n`;
  }
  return `${read.roles.get(word) ?? "_"}${nature(word, read)}${seen}`;
}

function wordsOf(text, plain, read) {
  const shouted = isShouted(text);
  const words = [];
  let opens = true;
  for (const match of every(read.reading.token, text)) {
    const [start, end] = [match.index, match.index + match[0].length];
    const word = plain.slice(start, end).replace(/[\u0300-\u036f]/g, "");
    words.push({ start, end, text: word, code: code(match[0], word, read, shape(match[0], opens, shouted)) });
    opens = OPENS.includes(words.at(-1).code[0]);
  }
  const places = new Map(words.map((word, place) => [word.start, place]));
  for (const { role, pattern } of read.labels) {
    for (const match of plain.matchAll(new RegExp(pattern, "gd"))) {
      const [start, end] = match.length > 1 ? match.indices[1] : match.indices[0];
      let place = places.get(start) ?? words.length;
      for (; place < words.length && words[place].start < end; place += 1) words[place].code = role + words[place].code.slice(1);
    }
  }
  words.forEach((word, place) => {
    for (const name of read.public.get(word.text) ?? []) {
      const found = words.slice(place, place + name.length);
      if (found.length === name.length && found.every((one, at) => one.text === name[at])) {
        for (const one of found) one.code = `Z9${one.code[2]}`;
      }
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

  get codes() {
    return this.words.map((word) => word.code).join("");
  }

  apply(rule) {
    if (rule.needs && !this.found.some(({ kind }) => rule.needs.includes(kind))) return;
    for (let turn = rule.repeat ? REPEATS : 1; turn > 0; turn -= 1) {
      const spans = this.spans(rule);
      for (const [start, end] of spans) this.keep(start, end, rule.kind);
      if (!spans.length) return;
    }
  }

  spans(rule) {
    const said = { text: this.plain, exact: this.exact, words: this.codes }[rule.on];
    const spans = [];
    for (const match of said.matchAll(new RegExp(rule.pattern, "gd"))) {
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
    if (rule.on === "words") return [this.words[Math.floor(start / 3)].start, this.words[Math.floor((end - 1) / 3)].end];
    const near = this.plain.slice(Math.max(0, start - NEAR), start);
    if (rule.before?.test(near)) return null;
    if (!rule.check) return [start, end];
    const length = CHECKS[rule.check](this.plain.slice(start, end), Boolean(rule.context?.test(near)));
    return length ? [start, start + length] : null;
  }

  keep(start, end, kind) {
    if (kind) this.found.push({ start, end, kind });
    const role = { "": "Z", name: "Q" }[kind] ?? "V";
    for (const word of this.words) {
      if (word.start < end && word.end > start && (kind || "_#%WXAOS".includes(word.code[0]))) word.code = role + word.code.slice(1);
    }
  }

  repeatNames() {
    const isName = ({ text, code: [role, kind] }) => role === "Q" && "1236".includes(kind) && text.length >= 4;
    const names = new Set(this.words.filter(isName).map((word) => word.text));
    for (const [place, word] of this.words.entries()) {
      if (!names.has(word.text) || "QVZ".includes(word.code[0]) || word.code[2] === "x") continue;
      this.keep(this.words[this.elided(place)].start, word.end, "name");
    }
  }

  // Where « L' » begins that stands before a word of a name, or its own place.
  elided(place) {
    const before = this.words.slice(Math.max(0, place - 2), place).map((word) => word.code).join("");
    return /^P7[cia]'0n$/.test(before) ? place - 2 : place;
  }

  merged() {
    const merged = [];
    const ranked = this.found.map((one, rank) => ({ ...one, rank }));
    const sorted = ranked.sort((a, b) => a.start - b.start || a.end - b.end || a.rank - b.rank);
    for (const one of sorted) {
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
