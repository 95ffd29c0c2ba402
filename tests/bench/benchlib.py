"""What the benchmarks of this folder share: test collections, their scores, Diwan and Lucene asked the same questions.

A test collection is a folder with docs.jsonl, lines {"id","text","lang"}; queries.tsv and queries.kw.tsv, lines
id<TAB>text (whole questions; the same cut to their content words); qrels.tsv, lines query<TAB>document<TAB>grade.
"""
import collections, glob, http.client, json, math, os, random, resource, subprocess, sys, time, urllib.parse
import numpy

HERE = os.path.dirname(os.path.abspath(__file__))
JARS = ':'.join(jar for name in ('core', 'analyzers-common')
                for jar in glob.glob(f'/usr/share/java/lucene-{name}-8.*.jar'))
KINDS = {'questions': 'queries.tsv', 'content words': 'queries.kw.tsv'}
LANGUAGES = {'ar': 'Arabic', 'fa': 'Persian'}
STORED = {'ar': 'ara', 'fa': 'fas'}  # as records name them
TAGS = {stored: tag for tag, stored in STORED.items()}

# documents: (id, text) in the collection's order. queries: by kind, (id, text). relevant: query id -> ids of documents.
Collection = collections.namedtuple('Collection', 'name language documents queries relevant')


def lines(path):
    with open(path, encoding='utf8') as file:
        return [line.rstrip('\n').split('\t') for line in file if line.strip()]


def read_collection(folder):
    with open(os.path.join(folder, 'docs.jsonl'), encoding='utf8') as file:
        documents = [json.loads(line) for line in file if line.strip()]
    relevant = collections.defaultdict(set)
    for query, document, grade in lines(os.path.join(folder, 'qrels.tsv')):
        if int(grade) > 0:
            relevant[query].add(document)
    queries = {kind: [(row[0], row[1]) for row in lines(os.path.join(folder, name)) if row[0] in relevant]
               for kind, name in KINDS.items()}
    return Collection(os.path.basename(folder), documents[0]['lang'][:2],
                      [(d['id'], ' '.join(d['text'].split())) for d in documents], queries, relevant)


def collections_by_language():
    """The collections below the folder that COLLECTIONS names, by language. Ends the program when it names none."""
    root = os.environ.get('COLLECTIONS', '')
    folders = sorted(os.path.dirname(path) for path in glob.glob(os.path.join(root, '*', 'docs.jsonl'))) if root else []
    if not folders:
        print('Test collections are not part of Diwan. Give a folder of them: COLLECTIONS=FOLDER script/bench NAME.\n'
              'Each folder in it is a collection: docs.jsonl (lines {"id","text","lang"}; lang is ar or fa), queries.tsv and\n'
              'queries.kw.tsv (lines id<TAB>text; kw: only the content words), qrels.tsv (lines query<TAB>document<TAB>1).',
              file=sys.stderr)
        sys.exit(2)
    by_language = collections.defaultdict(list)
    for folder in folders:
        collection = read_collection(folder)
        by_language[collection.language].append(collection)
    return dict(sorted(by_language.items()))


def run(command, env=None):
    """Standard output of a command. Ends the program with what the command said when it fails."""
    done = subprocess.run(command, capture_output=True, text=True, env={**os.environ, **(env or {})})
    if done.returncode != 0:
        sys.exit(f'{" ".join(command)} failed with {done.returncode}:\n{done.stdout[-2000:]}{done.stderr[-2000:]}')
    return done.stdout


def timed(command, env=None):
    """Wall and CPU seconds of a command."""
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    run(command, env)
    wall, after = time.monotonic() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
    return wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def write_rows(path, rows):
    with open(path, 'w', encoding='utf8') as file:
        file.writelines('\t'.join(row) + '\n' for row in rows)
    return path


# -- made-up passages

Question = collections.namedtuple('Question', 'id language text')  # the id is that of the passage it was drawn from


def rows(path):
    """(id, language, text) of the passages in a file of records."""
    with open(path, encoding='utf8') as file:
        for line in file:
            record = json.loads(line)
            yield record['external_id'], TAGS[record['language']], record['pages'][0]


def draw_questions(path, passages, count, warmup, seed):
    """`warmup` and `count` questions on the first `passages` of a file of records: half of them words in a row, half words
    from here and there that are not the most frequent ones."""
    rng = random.Random(seed)
    wanted = set(rng.sample(range(passages), min(passages, count + warmup)))
    questions, common = [], collections.Counter()
    for number, (name, language, text) in enumerate(rows(path)):
        words = [word.strip('،.') for word in text.split()]
        if number < 1000:
            common.update(words)
        if number in wanted:
            questions.append((name, language, words))
    frequent = {word for word, _ in common.most_common(100)}
    rng.shuffle(questions)
    for number, (name, language, words) in enumerate(questions):
        length = rng.randint(2, 6)
        if number % 2:
            start = rng.randrange(len(words) - length)
            words = words[start:start + length]
        else:
            words = rng.sample([word for word in words if word not in frequent], length)
        questions[number] = Question(name, language, ' '.join(words))
    return questions[:warmup], questions[warmup:]


# -- measures

def measures(relevant, found):
    """MRR@10, S@1, R@10 and nDCG@10 of one question: `found` are ids of documents, best first, each once."""
    ranks = [rank for rank, document in enumerate(found[:10], 1) if document in relevant]
    reachable = min(10, len(relevant))
    ideal = sum(1 / math.log2(rank + 1) for rank in range(1, reachable + 1))
    return (1 / ranks[0] if ranks else 0.0, float(ranks[:1] == [1]), len(ranks) / reachable,
            sum(1 / math.log2(rank + 1) for rank in ranks) / ideal)


def edits(truth, read):
    """Levenshtein distance of two sequences: of texts, by letters."""
    codes = {}
    wanted, got = (numpy.array([codes.setdefault(item, len(codes)) for item in items], int) for items in (truth, read))
    places = numpy.arange(len(got) + 1)
    row = places
    for number, code in enumerate(wanted, 1):
        best = numpy.minimum(row[1:] + 1, row[:-1] + (got != code))
        row = numpy.minimum.accumulate(numpy.concatenate(([number], best)) - places) + places
    return int(row[-1])


def mean(columns):
    return tuple(sum(column) / len(column) for column in zip(*columns))


def score(collection, kind, found):
    """Means of the measures over all questions of one kind; found: query id -> ids, a question without counts as zero."""
    return mean([measures(collection.relevant[query], found.get(query, [])) for query, _ in collection.queries[kind]])


# -- Diwan

def import_records(diwan, archive, passages):
    """Brings passages (id, language, text) into an archive, made if it is missing. Wall and CPU seconds."""
    path = archive + '.jsonl'
    with open(path, 'w', encoding='utf8') as file:
        for name, language, text in passages:
            file.write(json.dumps({'external_id': name, 'type': 'other', 'language': STORED[language], 'pages': [text]},
                                  ensure_ascii=False) + '\n')
    took = timed([diwan, '--archive', archive, 'import', path])
    os.remove(path)
    return took


def search_diwan(diwan, archive, queries, work):
    """Asks (id, text) questions with `diwan search --queries`: id -> external ids, best first."""
    path = write_rows(os.path.join(work, 'queries.tsv'), queries)
    output = run([diwan, '--archive', archive, 'search', '--queries', path, '--trec', 'diwan', '--limit', '10'])
    found = collections.defaultdict(list)
    for line in output.splitlines():
        query, _, document, _ = line.split(maxsplit=3)
        document = document.split('#')[0]  # pages of one record
        if document not in found[query]:
            found[query].append(document)
    return found


class Server:
    """`diwan serve` on a free port of this machine, and one connection to it that stays open."""

    def __init__(self, diwan, archive, env=None):
        self.process = subprocess.Popen([diwan, '--archive', archive, 'serve', '--listen', '127.0.0.1:0', '--workers', '0',
                                         '--requests-per-minute', '0'],
                                        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
                                        env={**os.environ, **(env or {})})
        self.address = self.process.stdout.readline().strip()
        if not self.address:
            sys.exit(f'diwan --archive {archive} serve does not start')
        self.connection = http.client.HTTPConnection(self.address.removeprefix('http://'))
        name = f'bench-{self.process.pid}'
        run([diwan, '--archive', archive, 'user', 'add', name, '--role', 'archivist', '--level', 'confidential', '--no-password'])
        token = run([diwan, '--archive', archive, 'token', 'add', 'bench', '--account', name, '--scope', 'read', '--scope', 'deliver'])
        self.headers = {'Authorization': 'Bearer ' + token.strip()}

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.connection.close()
        self.process.terminate()
        self.process.wait()

    def get(self, path):
        self.connection.request('GET', path, headers=self.headers)
        answer = self.connection.getresponse()
        body = answer.read()
        if answer.status != 200:
            sys.exit(f'GET {path}: {answer.status} {body[:500]}')
        return json.loads(body)

    def search(self, text):
        return self.get('/v1/search?limit=10&q=' + urllib.parse.quote(text, safe=''))


# -- Lucene

def compile_lucene(work):
    """Compiles LuceneBench.java into `work`; the command that runs it."""
    if JARS.count(':') != 1:
        sys.exit('Lucene 8 is not there as the package liblucene8-java brings it')
    classes = os.path.join(work, 'classes')
    run(['javac', '-cp', JARS, '-d', classes, os.path.join(HERE, 'LuceneBench.java')])
    return ['java', '-Dfile.encoding=UTF-8', '-cp', f'{JARS}:{classes}', 'LuceneBench']


def search_lucene(lucene, index, queries, work, warmup=0, seconds=1e9):
    """Asks (id, language, text) questions: (id, wall ms, CPU ms, ids best first) of each that was reached in `seconds`."""
    path = write_rows(os.path.join(work, 'lucene.tsv'), queries)
    output = run([*lucene, 'search', index, path, str(warmup), str(seconds)])
    rows = [line.split('\t') for line in output.splitlines()]
    return [(row[0], float(row[1]), float(row[2]), row[3:]) for row in rows]
