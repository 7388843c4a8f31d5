// The Danish stemmer of Snowball (snowballstem.org/algorithms/danish), so that a search finds inflected forms.
const stem = (() => {
  const VOWEL = /[aeiouyæåø]/;
  const ENDINGS = ("hed ethed ered e erede ende erende ene erne ere en heden eren er heder erer heds es endes erendes " +
    "enes ernes eres ens hedens erens ers ets erets et eret").split(" ").sort((a, b) => b.length - a.length);
  const S_ENDING = /[abcdfghjklmnoprtvyzå]s$/;
  const known = new Map();

  function region(word) {
    const vowel = word.search(VOWEL);
    if (vowel < 0) return word.length;
    for (let n = vowel + 1; n < word.length; n++) if (!VOWEL.test(word[n])) return Math.max(3, n + 1);
    return word.length;
  }

  function pair(word, start) {
    return word.length - 2 >= start && /(gd|dt|gt|kt)$/.test(word) ? word.slice(0, -1) : word;
  }

  // Without derivations, `ledelser` becomes `ledels`, not `led`: it is brought to its inflections alone.
  function compute(word, derivations) {
    const start = region(word);
    const inside = (suffix) => word.endsWith(suffix) && word.length - suffix.length >= start;
    const ending = ENDINGS.find(inside);
    if (ending) word = word.slice(0, -ending.length);
    else if (inside("s") && S_ENDING.test(word)) word = word.slice(0, -1);
    word = pair(word, start);
    if (!derivations) return single(word, start);
    if (word.endsWith("igst")) word = word.slice(0, -2);
    const derived = ["løst", "elig", "lig", "els", "ig"].find(inside);
    if (derived === "løst") word = word.slice(0, -1);
    else if (derived) word = pair(word.slice(0, -derived.length), start);
    return single(word, start);
  }

  function single(word, start) {
    const last = word[word.length - 1];
    return word.length > start && !VOWEL.test(last) && word[word.length - 2] === last ? word.slice(0, -1) : word;
  }

  return (word, derivations = true) => {
    const key = derivations ? word : `${word} `;
    if (!known.has(key)) known.set(key, compute(word, derivations));
    return known.get(key);
  };
})();
